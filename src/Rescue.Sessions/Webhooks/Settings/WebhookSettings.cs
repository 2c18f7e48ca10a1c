using System.Collections.Immutable;

namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>The document with all webhooks of a tenant, so that their number is bounded by one conditional write.</summary>
internal sealed record WebhookSettings(ImmutableArray<StoredWebhook> Webhooks)
{
    /// <summary>The document's name.</summary>
    public const string Name = "webhooks";

    public static WebhookSettings None { get; } = new([]);

    public StoredWebhook? Find(string id) => Webhooks.FirstOrDefault(webhook => webhook.Name == id);

    public WebhookSettings With(StoredWebhook changed) => new([.. Webhooks.Select(webhook => webhook.Id == changed.Id ? changed : webhook)]);
}
