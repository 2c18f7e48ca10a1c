using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>A session as a store keeps it: the public snapshot and what finds and proves its secrets. Immutable; holds no secret in clear.</summary>
public sealed record StoredSession
{
    /// <summary>The public snapshot.</summary>
    public required Session Session { get; init; }

    /// <summary>The hash of the PIN under each key of the ring; unique among live codes.</summary>
    public required ImmutableArray<KeyedHash> PinHashes { get; init; }

    /// <summary>The hash of the link token under each key of the ring; empty for a code without a token.</summary>
    public required ImmutableArray<KeyedHash> TokenHashes { get; init; }

    /// <summary>PIN and token, sealed; null once the session was joined or has ended.</summary>
    public byte[]? SealedCode { get; init; }

    /// <summary>Who made the session, with the groups whose rights are asked about again when the customer lands.</summary>
    public required Technician Creator { get; init; }

    /// <summary>The secret that both ends share while the session is active, sealed; null before and after.</summary>
    public byte[]? SealedHandOver { get; init; }

    /// <summary>The hash of the instance that joined; null before.</summary>
    public KeyedHash? Instance { get; init; }

    /// <summary>How often the same instance has joined again of late; null when it has not.</summary>
    public RejoinWindow? Rejoins { get; init; }

    /// <summary>The hash of the applet's present key; null before it joined.</summary>
    public KeyedHash? AppletKey { get; init; }
}
