using Rescue.Sessions.Guests;

namespace Rescue.Sessions;

/// <summary>The answer to a technician who invites a guest.</summary>
/// <param name="Session">The session with the guest, or why there is none.</param>
/// <param name="Guest">The guest; null when refused.</param>
/// <param name="Link">The guest's link, a secret that is told this once: only its keyed hash is kept. Null when refused.</param>
public sealed record GuestInvitation(SessionResult Session, Guest? Guest = null, Uri? Link = null)
{
    /// <summary>No link, for it may come into a log.</summary>
    public override string ToString() => $"{nameof(GuestInvitation)} ({Session.GetType().Name})";
}
