using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Creating;

/// <summary>An invitation that is ready to be stored with its session.</summary>
/// <param name="Invitation">Its first state.</param>
/// <param name="Kind">The outbox handler's kind that is to send it, or null when nothing is to be sent.</param>
/// <param name="Payload">What the handler needs, in clear; it is sealed before it is stored. Null when nothing is to be sent.</param>
public sealed record ComposedInvitation(Invitation Invitation, string? Kind = null, byte[]? Payload = null);
