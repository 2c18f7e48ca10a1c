namespace Rescue.Sessions.Email.Smtp;

/// <summary>A mail server as the host has found it. Changed under its owner's lock alone.</summary>
internal sealed class FoundSmtpServer(SmtpOptions options, SmtpDispatcher dispatcher)
{
    public SmtpOptions Options => options;

    public SmtpDispatcher Dispatcher => dispatcher;

    /// <summary>How many messages are on their way to it.</summary>
    public int Users { get; set; }

    /// <summary>When the latest message was done with.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>Whether no further message goes by it.</summary>
    public bool IsLetGo { get; set; }
}
