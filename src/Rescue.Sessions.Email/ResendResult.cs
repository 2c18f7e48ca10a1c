namespace Rescue.Sessions.Email;

/// <summary>The answer to a technician who invites a customer once more.</summary>
/// <param name="Session">What became of the session.</param>
/// <param name="Draft">The new draft; null when the service sends, and when nothing was done.</param>
public sealed record ResendResult(SessionResult Session, EmailDraft? Draft);
