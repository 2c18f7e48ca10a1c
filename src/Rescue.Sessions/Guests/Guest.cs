namespace Rescue.Sessions.Guests;

/// <summary>Somebody whom a technician has invited into a session beside its customer: a colleague, or an expert from outside. An immutable snapshot without secrets.</summary>
public sealed record Guest
{
    /// <summary>Names the guest within the session: 16 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The guest's name: what the technician has called them and, from when they join, what they call themselves. 1 to 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Who has invited them.</summary>
    public required TechnicianReference InvitedBy { get; init; }

    /// <summary>When the link was made.</summary>
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When the visit ends by itself, whether or not the guest has come.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the guest has joined; null before.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>When the visit has ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How far it has come; by <see cref="ExpiresAt"/> it may be over although that is not recorded yet.</summary>
    public GuestState State { get; init; }

    /// <summary>Whether the guest may join, or takes part, at a moment.</summary>
    public bool IsOpen(DateTimeOffset now) => State is GuestState.Invited or GuestState.Joined && ExpiresAt > now;

    /// <summary>The snapshot as it has become through time alone, whether or not that is stored yet.</summary>
    internal Guest Settle(DateTimeOffset now) => State is GuestState.Invited or GuestState.Joined && ExpiresAt <= now ? End(GuestState.Expired, ExpiresAt) : this;

    internal Guest End(GuestState state, DateTimeOffset at) => this with { State = state, EndedAt = at };

    /// <summary>No name, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(Guest)} {Id} ({State})";
}
