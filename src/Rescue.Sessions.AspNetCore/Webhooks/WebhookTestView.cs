namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>What came of a test.</summary>
internal sealed record WebhookTestView(bool Delivered, int? StatusCode, string? Problem);
