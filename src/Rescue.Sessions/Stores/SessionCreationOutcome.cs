namespace Rescue.Sessions.Stores;

/// <summary>What became of a <see cref="SessionCreation"/>.</summary>
public enum SessionCreationOutcome
{
    /// <summary>It is stored.</summary>
    Created,

    /// <summary>Nothing is stored: a live session has the PIN. Draw another.</summary>
    PinTaken,

    /// <summary>Nothing is stored: the idempotency key, or an identical request of late, made a session before, which is the answer.</summary>
    Repeated,
}
