namespace Rescue.Sessions.Joining;

/// <summary>What came of a customer's word that they did not ask for help: one of <see cref="Declined"/>, <see cref="BadCode"/>, <see cref="Refused"/>.</summary>
public abstract record DeclineResult
{
    private DeclineResult()
    {
    }

    /// <summary>The session has ended.</summary>
    /// <param name="Session">The session as it is now.</param>
    public sealed record Declined(Session Session) : DeclineResult;

    /// <summary>The code cannot be redeemed, so that there is nothing to decline.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Session">Its session, when a link named one; null for a typed PIN.</param>
    public sealed record BadCode(JoinRefusal Reason, Session? Session) : DeclineResult;

    /// <summary>Too many wrong PINs came of late; this one was not looked at.</summary>
    /// <param name="Reason">After how long typed PINs are looked at again.</param>
    public sealed record Refused(Refusal.TooMany Reason) : DeclineResult;
}
