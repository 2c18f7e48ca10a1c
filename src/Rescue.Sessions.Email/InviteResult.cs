namespace Rescue.Sessions.Email;

/// <summary>The answer to a technician who invites a customer.</summary>
/// <param name="Outcome">What became of the session: made, repeated or refused.</param>
/// <param name="Draft">The draft for the technician's own mail program; null when the service sends, and when there is nothing to send.</param>
public sealed record InviteResult(CreateSessionResult Outcome, EmailDraft? Draft);
