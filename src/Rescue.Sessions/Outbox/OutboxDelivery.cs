namespace Rescue.Sessions.Outbox;

/// <summary>A message to be sent now.</summary>
/// <param name="Session">The session it belongs to.</param>
/// <param name="Payload">What the handler stored with it, in clear.</param>
/// <param name="Attempt">The number of this attempt, from 1.</param>
public sealed record OutboxDelivery(SessionId Session, ReadOnlyMemory<byte> Payload, int Attempt);
