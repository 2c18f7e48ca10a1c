using Rescue.Sessions.Guests;

namespace Rescue.Sessions.Visiting;

/// <summary>What a guest's link leads to: one of <see cref="Found"/>, <see cref="BadLink"/>.</summary>
public abstract record GuestLookup
{
    private GuestLookup()
    {
    }

    /// <summary>To an open session. Looking has joined nobody.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Guest">The guest, who may have joined already.</param>
    public sealed record Found(Session Session, Guest Guest) : GuestLookup;

    /// <summary>To none.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Session">The session to which it once led; null when there is no such link.</param>
    public sealed record BadLink(GuestRefusal Reason, Session? Session) : GuestLookup;
}
