using System.Text.Json.Serialization;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>A webhook as administrators see it.</summary>
internal sealed record WebhookView
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public string? Description { get; init; }

    /// <summary>The types of events it gets; empty for all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    public required bool Enabled { get; init; }

    public string? DisabledReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FormerSecretUntil { get; init; }

    /// <summary>The secret, in the answer that made it alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static WebhookView Of(Webhook webhook) => new()
    {
        Id = webhook.Id, Url = webhook.Url.OriginalString, Description = webhook.Description, Types = webhook.Types, Enabled = webhook.IsEnabled,
        DisabledReason = webhook.DisabledReason, CreatedAt = webhook.CreatedAt, FormerSecretUntil = webhook.FormerSecretUntil,
    };

    public static WebhookView Of(NewWebhook made) => Of(made.Webhook) with { Secret = made.Secret };
}
