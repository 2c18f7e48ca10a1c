using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>Which session is meant: by id, by PIN, by link token, by a guest's token, by idempotency key or by request. Exactly one of them is set; a PIN may have a condition.</summary>
public sealed record SessionSelector
{
    private SessionSelector()
    {
    }

    /// <summary>The id, or null.</summary>
    public SessionId? Id { get; private init; }

    /// <summary>Hashes of a typed PIN, one per key of the ring; any match selects. Of ended sessions that had the PIN, the latest is meant, and a live one before all.</summary>
    public ImmutableArray<KeyedHash> Pin { get; private init; } = [];

    /// <summary>
    /// The moment at which the PIN must lead somewhere: its code can be redeemed then, or was by <see cref="RedeemedBy"/> and its session is not over. Null
    /// where any session that has or had the PIN is meant.
    /// </summary>
    /// <remarks>
    /// A store finds a PIN that leads nowhere in the same way, with the same statements, as one that never was: what is found tells by the time it takes.
    /// </remarks>
    public DateTimeOffset? LiveAt { get; private init; }

    /// <summary>Hashes of the applet's instance that may have redeemed the PIN before <see cref="LiveAt"/>, one per key of the ring; empty for none.</summary>
    public ImmutableArray<KeyedHash> RedeemedBy { get; private init; } = [];

    /// <summary>Hashes of a link token, one per key of the ring; any match selects.</summary>
    public ImmutableArray<KeyedHash> Token { get; private init; } = [];

    /// <summary>Hashes of the token in a guest's link, one per key of the ring; any match selects, whatever has become of the guest.</summary>
    public ImmutableArray<KeyedHash> Guest { get; private init; } = [];

    /// <summary>The key under which a technician made the session, or null.</summary>
    public IdempotencyKey? Idempotency { get; private init; }

    /// <summary>The hash of a request (<see cref="RecentRequest"/>) of which another is a repeat at <see cref="RepeatedAt"/>, or null.</summary>
    public KeyedHash? Request { get; private init; }

    /// <summary>When <see cref="Request"/> is repeated.</summary>
    public DateTimeOffset RepeatedAt { get; private init; }

    /// <summary>Selects by a request that has made a session of late, while an identical one is a repeat of it.</summary>
    public static SessionSelector ByRequest(KeyedHash hash, DateTimeOffset now) => new() { Request = hash, RepeatedAt = now };

    /// <summary>Selects by idempotency key.</summary>
    public static SessionSelector ByIdempotencyKey(IdempotencyKey key) => new() { Idempotency = key };

    /// <summary>Selects by id.</summary>
    public static SessionSelector ById(SessionId id) => new() { Id = id };

    /// <summary>Selects by PIN, whatever has become of its session.</summary>
    public static SessionSelector ByPin(ImmutableArray<KeyedHash> hashes) => new() { Pin = hashes };

    /// <summary>Selects by a PIN that leads somewhere.</summary>
    /// <param name="hashes">Hashes of the PIN, one per key of the ring.</param>
    /// <param name="now">When.</param>
    /// <param name="redeemedBy">Hashes of the applet's instance, to which a PIN that it has redeemed still leads; empty for none.</param>
    public static SessionSelector ByLivePin(ImmutableArray<KeyedHash> hashes, DateTimeOffset now, ImmutableArray<KeyedHash> redeemedBy) =>
        new() { Pin = hashes, LiveAt = now, RedeemedBy = redeemedBy };

    /// <summary>Selects by link token.</summary>
    public static SessionSelector ByToken(ImmutableArray<KeyedHash> hashes) => new() { Token = hashes };

    /// <summary>Selects by the token in a guest's link.</summary>
    public static SessionSelector ByGuest(ImmutableArray<KeyedHash> hashes) => new() { Guest = hashes };

    /// <summary>Whether a session that has the PIN meets the condition of <see cref="LiveAt"/>. The meaning that every store must give it.</summary>
    public bool Allows(StoredSession found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return LiveAt is not { } now
            || found.Session.IsCodeLive(now)
            || (found.Session.Status != SessionStatus.Closed && found.Instance is { } instance && RedeemedBy.Contains(instance));
    }
}
