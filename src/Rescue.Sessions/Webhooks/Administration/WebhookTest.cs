namespace Rescue.Sessions.Webhooks;

/// <summary>What came of the message by which a webhook was tried.</summary>
/// <param name="StatusCode">The receiver's HTTP status; null when there was no answer.</param>
/// <param name="Problem">What went wrong; null when the receiver took it.</param>
public sealed record WebhookTest(int? StatusCode, string? Problem);
