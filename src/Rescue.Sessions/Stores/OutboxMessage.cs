namespace Rescue.Sessions.Stores;

/// <summary>Something to be sent once its session's change is stored. Opaque to the store.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Session">The session it belongs to.</param>
/// <param name="Kind">The kind of the handler that sends it, 1 to 32 characters.</param>
/// <param name="Payload">What the handler needs, sealed and bound to the session.</param>
/// <param name="DueAt">When it may be sent at the earliest.</param>
public sealed record OutboxMessage(Guid Id, SessionId Session, string Kind, byte[] Payload, DateTimeOffset DueAt);
