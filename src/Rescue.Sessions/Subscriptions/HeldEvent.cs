namespace Rescue.Sessions.Subscriptions;

/// <summary>An event that a subscription could not hand over yet: it waits for another attempt, or for one before it, or it is parked.</summary>
public sealed record HeldEvent
{
    /// <summary>The most characters of <see cref="Problem"/>.</summary>
    public const int MaxProblemLength = 500;

    /// <summary>The subscription's name.</summary>
    public required string Subscription { get; init; }

    /// <summary>The event's <see cref="Lifecycle.SessionEvent.Sequence"/>.</summary>
    public required long Sequence { get; init; }

    /// <summary>The event's session.</summary>
    public required SessionId Session { get; init; }

    /// <summary>The session's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Since when it is held.</summary>
    public required DateTimeOffset HeldSince { get; init; }

    /// <summary>When it is tried again at the earliest; null when it is parked.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What went wrong the last time: the exception's type and message; null when it waits for one before it and was never tried.</summary>
    public string? Problem { get; init; }

    /// <summary>No words of what the host has thrown, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(HeldEvent)} {Sequence} of {Subscription}";
}
