namespace Rescue.Sessions.Stores;

/// <summary>Which events to read, oldest first: those of a tenant or of one session.</summary>
public sealed record SessionEventQuery
{
    /// <summary>The tenant, or null for any.</summary>
    public string? Tenant { get; init; }

    /// <summary>The session, or null for any.</summary>
    public SessionId? Session { get; init; }

    /// <summary>Only events with a higher <see cref="Lifecycle.SessionEvent.Sequence"/>.</summary>
    public long After { get; init; }

    /// <summary>Only events with this <see cref="Lifecycle.SessionEvent.Sequence"/> or a lower one; all there are by default.</summary>
    public long UpTo { get; init; } = long.MaxValue;

    /// <summary>The most events to return.</summary>
    public int Limit { get; init; } = 500;
}
