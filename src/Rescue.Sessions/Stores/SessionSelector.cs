using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>Which session is meant: by id, by PIN, by link token or by idempotency key. Exactly one of them is set.</summary>
public sealed record SessionSelector
{
    private SessionSelector()
    {
    }

    /// <summary>The id, or null.</summary>
    public SessionId? Id { get; private init; }

    /// <summary>Hashes of a typed PIN, one per key of the ring; any match selects. Of ended sessions that had the PIN, the latest is meant, and a live one before all.</summary>
    public ImmutableArray<KeyedHash> Pin { get; private init; } = [];

    /// <summary>Hashes of a link token, one per key of the ring; any match selects.</summary>
    public ImmutableArray<KeyedHash> Token { get; private init; } = [];

    /// <summary>The key under which a technician made the session, or null.</summary>
    public IdempotencyKey? Idempotency { get; private init; }

    /// <summary>Selects by idempotency key.</summary>
    public static SessionSelector ByIdempotencyKey(IdempotencyKey key) => new() { Idempotency = key };

    /// <summary>Selects by id.</summary>
    public static SessionSelector ById(SessionId id) => new() { Id = id };

    /// <summary>Selects by PIN.</summary>
    public static SessionSelector ByPin(ImmutableArray<KeyedHash> hashes) => new() { Pin = hashes };

    /// <summary>Selects by link token.</summary>
    public static SessionSelector ByToken(ImmutableArray<KeyedHash> hashes) => new() { Token = hashes };
}
