using System.Collections.Immutable;

namespace Rescue.Sessions.Webhooks;

/// <summary>What an administrator sets of a webhook.</summary>
public sealed record WebhookChange
{
    /// <summary>The most characters of <see cref="Description"/>.</summary>
    public const int MaxDescriptionLength = 256;

    /// <summary>The most characters of <see cref="Url"/>.</summary>
    public const int MaxUrlLength = 2048;

    /// <summary>Where events are posted to: an absolute <c>https</c> address.</summary>
    public required string Url { get; init; }

    /// <summary>What it is for, at most 256 characters; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>The types of events it gets, of <see cref="SupportWebhooks.EventTypes"/>; empty for all.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Whether anything is sent to it; true by default.</summary>
    public bool IsEnabled { get; init; } = true;
}
