namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>What became of a claimed message.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="At">When.</param>
/// <param name="StatusCode">The receiver's HTTP status; null when there was no answer.</param>
/// <param name="Problem">What went wrong; null when it was delivered.</param>
/// <param name="RetryAt">When to try again; null when it is finished with.</param>
public sealed record WebhookOutcome(WebhookClaim Claim, DateTimeOffset At, int? StatusCode, string? Problem, DateTimeOffset? RetryAt);
