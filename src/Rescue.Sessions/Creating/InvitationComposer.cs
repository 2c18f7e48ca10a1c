using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Creating;

/// <summary>
/// Writes the invitation of a session whose code has just been drawn. It may be called again with another code when the first was taken,
/// so it must do nothing but compose.
/// </summary>
/// <param name="session">The session as it will be stored.</param>
/// <param name="link">Its link, with the PIN.</param>
public delegate ComposedInvitation InvitationComposer(Session session, ConnectionLink link);
