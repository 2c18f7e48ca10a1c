using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>A session as a store keeps it: the public snapshot and what finds and proves its secrets. Immutable; holds no secret in clear.</summary>
public sealed record StoredSession
{
    // There is one hash of each but for the days in which a new key comes into use, and it needs no array. None is zero.
    private readonly KeyedHash pin;
    private readonly KeyedHash token;
    private readonly FurtherHashes? further;
    private readonly AppletProof? proof;

    /// <summary>The public snapshot.</summary>
    public required Session Session { get; init; }

    /// <summary>The hash of the PIN under each key of the ring; unique among live codes.</summary>
    public required ImmutableArray<KeyedHash> PinHashes
    {
        get => Join(PinHash, further?.Pins);
        init => (pin, further) = (First(value), FurtherHashes.Of(Further(value), further?.Tokens ?? []));
    }

    /// <summary>The hash of the link token under each key of the ring; empty for a code without a token.</summary>
    public required ImmutableArray<KeyedHash> TokenHashes
    {
        get => Join(TokenHash, further?.Tokens);
        init => (token, further) = (First(value), FurtherHashes.Of(further?.Pins ?? [], Further(value)));
    }

    /// <summary>PIN and token, sealed; null once the session was joined or has ended.</summary>
    public byte[]? SealedCode { get; init; }

    /// <summary>Who made the session, with the groups whose rights are asked about again when the customer lands; null where its customer asked for help themselves.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Technician? Creator { get; init; }

    /// <summary>The keyed hash of the request that made the session with an idempotency key; null without one. A repeat must be the same.</summary>
    public byte[]? Request { get; init; }

    /// <summary>The secret that both ends share while the session is active, sealed; null before and after.</summary>
    public byte[]? SealedHandOver { get; init; }

    /// <summary>The hash of the instance that joined; null before.</summary>
    public KeyedHash? Instance
    {
        get => proof?.Instance;
        init => proof = value == Instance ? proof : (proof ?? AppletProof.None) with { Instance = value };
    }

    /// <summary>How often the same instance has joined again of late; null when it has not.</summary>
    public RejoinWindow? Rejoins
    {
        get => proof?.Rejoins;
        init => proof = value == Rejoins ? proof : (proof ?? AppletProof.None) with { Rejoins = value };
    }

    /// <summary>The hash of the applet's present key; null before it joined.</summary>
    public KeyedHash? AppletKey
    {
        get => proof?.Key;
        init => proof = value == AppletKey ? proof : (proof ?? AppletProof.None) with { Key = value };
    }

    /// <summary><see cref="Instance"/>, <see cref="Rejoins"/> and <see cref="AppletKey"/> in one; null before the session was joined.</summary>
    internal AppletProof? Proof
    {
        get => proof;
        init => proof = value;
    }

    /// <summary>What finds and proves the guests of the session; null for none.</summary>
    public IReadOnlyList<GuestProof>? GuestProofs { get; init; }

    /// <summary>What finds and proves a guest; null for one who is not known.</summary>
    internal GuestProof? ProofOf(string guest) => GuestProofs?.FirstOrDefault(proof => proof.Guest == guest);

    /// <summary>The hashes by which a guest's link finds the session.</summary>
    internal IEnumerable<KeyedHash> GuestHashes => GuestProofs?.SelectMany(proof => proof.Token) ?? [];

    /// <summary>The first of <see cref="PinHashes"/>, without an array.</summary>
    internal KeyedHash? PinHash => pin == default ? null : pin;

    /// <summary>The first of <see cref="TokenHashes"/>, without an array; null for a code without a token.</summary>
    internal KeyedHash? TokenHash => token == default ? null : token;

    private static ImmutableArray<KeyedHash> Join(KeyedHash? first, ImmutableArray<KeyedHash>? further) =>
        first is { } hash ? [hash, .. further ?? []] : [];

    private static KeyedHash First(ImmutableArray<KeyedHash> all) => all.IsDefaultOrEmpty ? default : all[0];

    private static ImmutableArray<KeyedHash> Further(ImmutableArray<KeyedHash> all) => all.IsDefaultOrEmpty ? [] : all[1..];

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"StoredSession {Session.Id} ({Session.Status})";
}
