namespace Rescue.Sessions.Stores;

/// <summary>A store's answer to a change.</summary>
/// <param name="Applied">Whether the change was stored. Losing a race is an answer, not an error.</param>
/// <param name="Session">The session after the change, or as it is when the change was not applied; null when no session is selected.</param>
/// <param name="AtCapacity">Whether it was not applied only because its owner holds as many sessions as the guard allows.</param>
public readonly record struct TransitionResult(bool Applied, StoredSession? Session, bool AtCapacity = false);
