namespace HelpDesk.Inbox.Smtp;

/// <summary>What one client may take of the server.</summary>
internal static class SmtpLimits
{
    public const int MaxConnections = 128;
    public const int MaxRecipients = 100;
    public const int MaxMessageBytes = 10 * 1024 * 1024;

    /// <summary>RFC 5321 asks for 512 (section 4.5.3.1.4); international addresses and parameters need more.</summary>
    public const int MaxCommandBytes = 2_048;

    /// <summary>RFC 5321, section 4.5.3.2.7: a server should wait at least five minutes.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(5);
}
