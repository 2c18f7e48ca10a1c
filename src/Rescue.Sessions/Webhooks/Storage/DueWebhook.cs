namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>A receiver for which messages are due.</summary>
/// <param name="Webhook">The receiver.</param>
/// <param name="Tenant">Its tenant.</param>
public readonly record struct DueWebhook(string Webhook, string Tenant);
