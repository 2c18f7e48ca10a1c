namespace Rescue.Sessions.Email.Smtp;

/// <summary>How the connection to the mail server is protected. There is no "when available": what may be left out, an attacker leaves out.</summary>
public enum SmtpSecurity
{
    /// <summary>Clear text, for loopback, or for a private network by <see cref="SmtpOptions.AllowClearText"/>. Credentials are never sent.</summary>
    None,

    /// <summary>The connection is encrypted by STARTTLS before anything is said (RFC 3207), usually on port 587. Without it nothing is sent.</summary>
    StartTls,

    /// <summary>The connection is encrypted from its first byte (RFC 8314 section 3.3), usually on port 465.</summary>
    SslOnConnect,
}
