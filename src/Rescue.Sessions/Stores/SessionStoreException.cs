namespace Rescue.Sessions.Stores;

/// <summary>
/// A store could not do what it was asked to: it is out of reach, locked, full, read-only or damaged. It says nothing about sessions and codes.
/// </summary>
/// <remarks>
/// What was asked for is stored whole or not at all. Where the failure met the commit nobody can tell which; a repeat with the same
/// idempotency key or applet instance finds what was stored.
/// </remarks>
public sealed class SessionStoreException : Exception
{
    /// <summary>Says what failed.</summary>
    /// <param name="message">What the store could not do, without values.</param>
    /// <param name="innerException">The provider's own failure.</param>
    public SessionStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
