using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>A new session with all that is stored together with it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Event">Its first history entry.</param>
/// <param name="Messages">Messages to put into the outbox.</param>
/// <param name="IdempotencyKey">The creator's key, unique for tenant and technician; null for none, and where there is no creator.</param>
/// <param name="Request">What makes an identical request a repeat where there is no key; null when nothing does.</param>
public sealed record SessionCreation(
    StoredSession Session, SessionEvent Event, ImmutableArray<OutboxMessage> Messages, string? IdempotencyKey = null, RecentRequest? Request = null);
