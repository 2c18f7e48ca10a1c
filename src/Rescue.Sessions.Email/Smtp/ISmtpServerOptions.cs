namespace Rescue.Sessions.Email.Smtp;

/// <summary>What the choice of a mail server reads of the options.</summary>
internal interface ISmtpServerOptions
{
    Func<EmailMessage, string?>? SmtpServer { get; }
}
