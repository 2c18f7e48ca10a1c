using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace Rescue.Sessions.Visiting;

/// <summary>The answer to a guest who has joined: one of <see cref="Present"/>, <see cref="Over"/>, <see cref="UnknownKey"/>.</summary>
public abstract record GuestAnswer
{
    private GuestAnswer()
    {
    }

    /// <summary>The guest takes part.</summary>
    /// <param name="Session">The session. Show of it what a stranger may see: neither PIN nor link are in it, fields and reference are the host's own.</param>
    /// <param name="Guest">The guest.</param>
    /// <param name="HandOver">The guest's own secret while the session is active (<see cref="HandOverSecret.ForGuest"/>); null otherwise.</param>
    public sealed record Present(Session Session, Guest Guest, HandOverSecret? HandOver) : GuestAnswer;

    /// <summary>The visit is over, or the session is.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Guest">The guest; <see cref="Guest.State"/> says how it ended.</param>
    public sealed record Over(Session Session, Guest Guest) : GuestAnswer;

    /// <summary>The key is nobody's present one.</summary>
    public sealed record UnknownKey : GuestAnswer
    {
        internal static readonly UnknownKey Instance = new();

        private UnknownKey()
        {
        }
    }
}
