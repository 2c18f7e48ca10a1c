using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>What finds and proves a guest of a session. Holds no secret in clear.</summary>
/// <param name="Guest">The guest's id.</param>
/// <param name="Token">The hash of the token in the link under each key of the ring.</param>
public sealed record GuestProof(string Guest, ImmutableArray<KeyedHash> Token)
{
    /// <summary>The hash of the browser or program that has joined; null before.</summary>
    public KeyedHash? Instance { get; init; }

    /// <summary>The hash of the guest's present key; null before they have joined. When their visit is over it proves only that.</summary>
    public KeyedHash? Key { get; init; }

    /// <summary>How often the same instance has joined again of late; null when it has not.</summary>
    public RejoinWindow? Rejoins { get; init; }
}
