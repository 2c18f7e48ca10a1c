namespace Rescue.Sessions.Stores;

/// <summary>A store's answer to a sender that wants to begin.</summary>
public enum OutboxBegin
{
    /// <summary>Marked; send it now.</summary>
    Begun,

    /// <summary>Another sender holds it.</summary>
    LeaseLost,

    /// <summary>The code is no longer live; the message is gone and must not be sent.</summary>
    Cancelled,
}
