using System.Collections.Immutable;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>What a session's PIN and token are under keys other than the first, in the days in which a new key comes into use.</summary>
internal sealed record FurtherHashes(ImmutableArray<KeyedHash> Pins, ImmutableArray<KeyedHash> Tokens)
{
    /// <summary>Null where there are none.</summary>
    public static FurtherHashes? Of(ImmutableArray<KeyedHash> pins, ImmutableArray<KeyedHash> tokens) =>
        pins.IsEmpty && tokens.IsEmpty ? null : new(pins, tokens);
}
