namespace Rescue.Sessions.Email.Relay;

/// <summary>A time in which a mail server is away or fails, with nothing to be corrected.</summary>
/// <param name="Since">When it was first seen.</param>
/// <param name="ToldAt">When the log was last told.</param>
internal sealed record MailTrouble(DateTimeOffset Since, DateTimeOffset ToldAt);
