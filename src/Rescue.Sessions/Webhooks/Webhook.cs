using System.Collections.Immutable;

namespace Rescue.Sessions.Webhooks;

/// <summary>A receiver of a tenant's events. Immutable; holds no secret.</summary>
public sealed record Webhook
{
    /// <summary>Its name: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Where events are posted to.</summary>
    public required Uri Url { get; init; }

    /// <summary>What it is for, in the administrator's words; null when they have none.</summary>
    public string? Description { get; init; }

    /// <summary>The types of events it gets, of <see cref="SupportWebhooks.EventTypes"/>; empty for all.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Whether anything is sent to it.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Why the service has disabled it itself; null when it has not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when messages are signed under the former secret too; null when there is none.</summary>
    public DateTimeOffset? FormerSecretUntil { get; init; }

    /// <summary>Whether it gets events of a type.</summary>
    public bool Wants(string type) => IsEnabled && (Types.IsEmpty || Types.Contains(type, StringComparer.Ordinal));
}
