using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>What a change does to the guests of a session, as plain data: it invites one, lets one join, or ends one's visit. <see cref="SessionGuard.Allows"/> asks whether it applies.</summary>
public sealed record GuestChange
{
    // What is over is kept for the technician to see, and not without end.
    private const int MostKept = 20;

    /// <summary>The guest it is about.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it invites; null unless it does.</summary>
    public Guest? Invited { get; init; }

    /// <summary>What finds the invited; null unless it invites.</summary>
    public GuestProof? Proof { get; init; }

    /// <summary>How many guests there may be at a time, this one included; for an invitation.</summary>
    public int Most { get; init; }

    /// <summary>What the guest who joins calls themselves; null unless one joins.</summary>
    public string? JoinsAs { get; init; }

    /// <summary>The hashes of the instance that joins, under each key of the ring: nobody has joined before, or one of these has and not too often of late.</summary>
    public ImmutableArray<KeyedHash> Instance { get; init; } = [];

    /// <summary>The hashes of the key that the guest is given who joins, or shows who leaves; empty for no condition.</summary>
    public ImmutableArray<KeyedHash> Key { get; init; } = [];

    /// <summary>How the visit ends; null unless it does. One that expires must be due.</summary>
    public GuestState? End { get; init; }

    /// <summary>Whether it applies to a session at a moment. The meaning that every store must give it.</summary>
    public bool IsPermittedIn(StoredSession current, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(current);
        var guests = current.Session.Guests ?? [];
        if (current.Session.Status is SessionStatus.Closed or SessionStatus.Unreadable)
            return false;
        if (Invited is not null)
            return guests.Count(guest => guest.IsOpen(now)) < Most && guests.All(guest => guest.Id != Id);
        if (guests.FirstOrDefault(guest => guest.Id == Id) is not { } found)
            return false;
        if (End == GuestState.Expired)
            return found.State is GuestState.Invited or GuestState.Joined && found.ExpiresAt <= now;
        if (!found.IsOpen(now))
            return false;
        // The visit of a guest whom nothing proves any more ends like any other.
        if (JoinsAs is null && Key.IsEmpty)
            return true;
        if (current.ProofOf(Id) is not { } proof)
            return false;
        return JoinsAs is null
            ? proof.Key is { } present && Key.Contains(present)
            : proof.Instance is not { } joined || (Instance.Contains(joined) && proof.Rejoins?.RetryAfter(now) is null);
    }

    internal (IReadOnlyList<Guest>? Guests, IReadOnlyList<GuestProof>? Proofs) Apply(StoredSession current, DateTimeOffset at)
    {
        var guests = (current.Session.Guests ?? []).ToImmutableArray();
        var proofs = (current.GuestProofs ?? []).ToImmutableArray();
        if (Invited is { } invited && Proof is { } fresh)
        {
            // The oldest of those that are over makes room.
            while (guests.Length >= MostKept && guests.FirstOrDefault(guest => !guest.IsOpen(at)) is { } past)
            {
                guests = guests.Remove(past);
                proofs = proofs.RemoveAll(proof => proof.Guest == past.Id);
            }

            return ((ImmutableArray<Guest>)[.. guests, invited], (ImmutableArray<GuestProof>)[.. proofs, fresh]);
        }

        return (
            (ImmutableArray<Guest>)[.. guests.Select(guest => guest.Id == Id ? Next(guest, at) : guest)],
            (ImmutableArray<GuestProof>)[.. proofs.Select(proof => proof.Guest == Id ? Next(proof, at) : proof)]);
    }

    private Guest Next(Guest guest, DateTimeOffset at) => End is { } end
        ? guest.End(end, at)
        : guest with { Name = JoinsAs ?? guest.Name, State = GuestState.Joined, JoinedAt = guest.JoinedAt ?? at };

    // The key stays: whoever has it is told how their visit has ended.
    private GuestProof Next(GuestProof proof, DateTimeOffset at) => End is not null
        ? proof
        : proof with
        {
            Instance = Instance[0],
            Key = Key[0],
            Rejoins = proof.Instance is null ? proof.Rejoins : RejoinWindow.Next(proof.Rejoins, at),
        };

    /// <summary>No name, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(GuestChange)} of {Id}";
}
