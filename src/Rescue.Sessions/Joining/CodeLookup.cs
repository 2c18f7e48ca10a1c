namespace Rescue.Sessions.Joining;

/// <summary>What a code stands for, found without redeeming it: one of <see cref="Found"/>, <see cref="BadCode"/>, <see cref="Refused"/>.</summary>
public abstract record CodeLookup
{
    private CodeLookup()
    {
    }

    /// <summary>
    /// Whether the customer was sent an invitation with another code since, which can be redeemed: theirs is an old message then. Told of links alone.
    /// </summary>
    public bool HasNewerInvitation { get; init; }

    /// <summary>The code can be redeemed.</summary>
    /// <param name="Session">Its session.</param>
    /// <param name="Link">Its link, as in the invitation.</param>
    public sealed record Found(Session Session, Codes.ConnectionLink Link) : CodeLookup;

    /// <summary>The code cannot be redeemed.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Session">Its session, when the code named one; null for a typed PIN.</param>
    public sealed record BadCode(JoinRefusal Reason, Session? Session) : CodeLookup;

    /// <summary>Too many wrong PINs came of late; this one was not looked at.</summary>
    /// <param name="Reason">After how long typed PINs are looked at again.</param>
    public sealed record Refused(Refusal.TooMany Reason) : CodeLookup;
}
