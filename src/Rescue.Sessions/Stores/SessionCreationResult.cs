namespace Rescue.Sessions.Stores;

/// <summary>A store's answer to a <see cref="SessionCreation"/>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Session">The session that is stored now; null when the PIN was taken.</param>
/// <param name="LiveCodes">About how many codes are live, from which the length of the next PIN follows.</param>
public readonly record struct SessionCreationResult(SessionCreationOutcome Outcome, StoredSession? Session, long LiveCodes);
