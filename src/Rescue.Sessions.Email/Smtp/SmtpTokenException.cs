namespace Rescue.Sessions.Email.Smtp;

/// <summary>The host's token provider failed. Its message may hold secrets, so only the type is told.</summary>
internal sealed class SmtpTokenException(Exception cause) : Exception($"The token provider failed ({cause.GetType().Name}).", cause);
