namespace Rescue.Sessions.Webhooks;

/// <summary>A message to a receiver, and what has become of it. Immutable.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The receiver's <see cref="Webhooks.Webhook.Id"/>.</summary>
    public required string Webhook { get; init; }

    /// <summary>The event's <see cref="Lifecycle.SessionEvent.Sequence"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>The tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The session.</summary>
    public required SessionId Session { get; init; }

    /// <summary>The event's type, of <see cref="SupportWebhooks.EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What is posted, the same at each attempt.</summary>
    public required string Body { get; init; }

    /// <summary>When it was queued.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is sent at the earliest; null when nothing more is done about it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it was tried since it was queued or replayed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was tried last; null while it was not.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>The receiver's last HTTP status; null when there was no answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong the last time; null when nothing did.</summary>
    public string? Problem { get; init; }

    /// <summary>When it was over; null while it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public WebhookDeliveryState State =>
        DueAt is not null ? WebhookDeliveryState.Pending : Problem is null ? WebhookDeliveryState.Delivered : WebhookDeliveryState.Failed;

    /// <summary>What the receiver knows the message by, the same at each attempt and replay: the header <c>webhook-id</c>.</summary>
    public string MessageId => MessageIdOf(Sequence);

    internal static string MessageIdOf(long sequence) => FormattableString.Invariant($"evt_{sequence}");

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(WebhookDelivery)} {Sequence} to {Webhook} ({State})";
}
