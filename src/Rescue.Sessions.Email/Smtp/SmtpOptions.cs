using System.Security.Cryptography.X509Certificates;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>The mail server that sends on technicians' behalf. Not to be changed once a dispatcher is made from it.</summary>
public sealed class SmtpOptions
{
    /// <summary>The server's name, which its certificate must bear, or its address. Compulsory.</summary>
    public string Host { get; set; } = "";

    /// <summary>The port: 1 to 65535; 587 unless set.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected; STARTTLS unless set.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Allows <see cref="SmtpSecurity.None"/> to a host beyond loopback: every message, and the link in it, can then be read on the way.</summary>
    public bool AllowClearText { get; set; }

    /// <summary>The name given in EHLO (RFC 5321 section 4.1.1.1), a full domain name such as <c>mail.example.com</c>: the sender's domain unless set.</summary>
    public string? LocalDomain { get; set; }

    /// <summary>Who we are to the server; null where it does not ask. Needs an encrypted connection.</summary>
    public SmtpCredentials? Credentials { get; set; }

    /// <summary>The authorities trusted instead of the system's, for a server with a certificate of your own. Empty unless set.</summary>
    public X509Certificate2Collection TrustedRoots { get; } = [];

    /// <summary>Whether the certificate's revocation is looked up with the authority; true unless set. Not done for <see cref="TrustedRoots"/>.</summary>
    public bool CheckRevocation { get; set; } = true;

    /// <summary>Connections at once: 1 to 100; 16 unless set, as many as messages are sent at once. Some providers allow fewer (Microsoft 365: 3).</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>Messages over one connection before it is closed: 1 to 10,000; 100 unless set. Many servers allow no more.</summary>
    public int MessagesPerConnection { get; set; } = 100;

    /// <summary>How long an unused connection is kept: 1 second to 10 minutes; 30 seconds unless set.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take over all addresses of the host: 1 second to 5 minutes; 15 seconds unless set.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long each answer may take, however many pieces it comes in: 1 second to 10 minutes; 2 minutes unless set.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether connections made by one serve the other.</summary>
    internal bool IsSameAs(SmtpOptions other) =>
        (Host, Port, Security, AllowClearText, LocalDomain, CheckRevocation) == (other.Host, other.Port, other.Security, other.AllowClearText, other.LocalDomain, other.CheckRevocation)
        && (MaxConnections, MessagesPerConnection) == (other.MaxConnections, other.MessagesPerConnection)
        && (IdleTimeout, ConnectTimeout, CommandTimeout) == (other.IdleTimeout, other.ConnectTimeout, other.CommandTimeout)
        && (Credentials?.IsSameAs(other.Credentials) ?? other.Credentials is null)
        && TrustedRoots.Select(root => root.Thumbprint).SequenceEqual(other.TrustedRoots.Select(root => root.Thumbprint), StringComparer.Ordinal);
}
