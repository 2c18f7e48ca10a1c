using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Creating;

/// <summary>An invitation that is ready to be stored with its session.</summary>
/// <param name="Invitation">Its first state.</param>
/// <param name="Kind">The outbox handler's kind that is to send it, or null when nothing is to be sent.</param>
/// <param name="Payload">What the handler needs, in clear; it is sealed before it is stored. Null when nothing is to be sent.</param>
public sealed record ComposedInvitation(Invitation Invitation, string? Kind = null, byte[]? Payload = null)
{
    /// <summary>What it leaves in the outbox.</summary>
    internal ImmutableArray<OutboxMessage> Seal(KeyRing keys, SessionId session, DateTimeOffset now) => this is { Kind: { } kind, Payload: { } payload }
        ? [new OutboxMessage(Guid.CreateVersion7(now), session, kind, keys.Seal(payload, session), now)]
        : [];
}
