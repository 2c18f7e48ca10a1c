namespace Rescue.Sessions.Email;

/// <summary>The answer to a technician who invites a customer once more.</summary>
/// <param name="Outcome">What became of it: done or refused.</param>
/// <param name="Draft">The new draft; null when the service sends, and when nothing was done.</param>
public sealed record ResendResult(SessionResult Outcome, EmailDraft? Draft);
