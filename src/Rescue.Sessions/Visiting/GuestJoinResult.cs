using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace Rescue.Sessions.Visiting;

/// <summary>The answer to a guest who joins: one of <see cref="Joined"/>, <see cref="Refused"/>, <see cref="Invalid"/>, <see cref="TooManyJoins"/>.</summary>
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
    public sealed record Refused(GuestRefusal Reason) : GuestJoinResult;

    /// <summary>What the guest gave has a problem; nothing has happened.</summary>
    /// <param name="Problem">The field and what is wrong.</param>
    public sealed record Invalid(FieldProblem Problem) : GuestJoinResult;

    /// <summary>The same guest has come back too often of late.</summary>
    /// <param name="RetryAfter">After how long to try again.</param>
    public sealed record TooManyJoins(TimeSpan RetryAfter) : GuestJoinResult;
}
