namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>What a sender asks for.</summary>
/// <param name="Webhook">The receiver.</param>
/// <param name="Now">The present moment.</param>
/// <param name="LeaseUntil">Until when it wants to hold what it gets.</param>
/// <param name="Limit">The most messages it wants.</param>
public readonly record struct WebhookClaimRequest(string Webhook, DateTimeOffset Now, DateTimeOffset LeaseUntil, int Limit);
