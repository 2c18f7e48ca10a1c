using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace Rescue.Sessions.Visiting;

/// <summary>The answer to a guest who joins: one of <see cref="Joined"/>, <see cref="BadLink"/>, <see cref="Refused"/>.</summary>
public abstract record GuestJoinResult
{
    private GuestJoinResult()
    {
    }

    /// <summary>The guest takes part.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Guest">The guest.</param>
    /// <param name="Key">What proves the guest from now on; an earlier key no longer does.</param>
    public sealed record Joined(Session Session, Guest Guest, GuestKey Key) : GuestJoinResult;

    /// <summary>The link leads nowhere.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record BadLink(GuestRefusal Reason) : GuestJoinResult;

    /// <summary>It was refused; nothing has happened.</summary>
    /// <param name="Reason">Why: <see cref="Refusal.Invalid"/> of the name, or <see cref="Refusal.TooMany"/> of who comes back again and again.</param>
    public sealed record Refused(Refusal Reason) : GuestJoinResult;
}
