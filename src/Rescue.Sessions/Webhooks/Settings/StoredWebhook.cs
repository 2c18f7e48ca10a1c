using System.Collections.Immutable;

namespace Rescue.Sessions.Webhooks.Settings;

/// <summary>A webhook at rest, with its secrets, the present one first.</summary>
internal sealed record StoredWebhook(
    Guid Id,
    string Url,
    string? Description,
    ImmutableArray<string> Types,
    bool IsEnabled,
    string? DisabledReason,
    DateTimeOffset CreatedAt,
    ImmutableArray<StoredSecret> Secrets)
{
    public string Name => Id.ToString("N");

    public Webhook ToWebhook(DateTimeOffset now) => new()
    {
        Id = Name, Url = new(Url), Description = Description, Types = Types, IsEnabled = IsEnabled, DisabledReason = DisabledReason, CreatedAt = CreatedAt,
        FormerSecretUntil = Secrets.Select(secret => secret.Until).FirstOrDefault(until => until > now),
    };

    public StoredWebhook With(WebhookChange change) => this with
    {
        Url = change.Url, Description = change.Description, Types = change.Types, IsEnabled = change.IsEnabled,
        DisabledReason = change.IsEnabled ? null : DisabledReason,
    };
}
