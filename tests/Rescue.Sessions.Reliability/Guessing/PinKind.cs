namespace Rescue.Sessions.Reliability.Guessing;

/// <summary>What is wrong with a typed PIN, which its answer must not tell.</summary>
internal enum PinKind
{
    /// <summary>Nobody ever had it.</summary>
    Unknown,

    /// <summary>The same once more: how far apart two samples of one kind come out.</summary>
    UnknownToo,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Another applet has redeemed it, and its session goes on.</summary>
    Used,

    /// <summary>Its session has ended.</summary>
    Ended,

    /// <summary>The technician has taken it back.</summary>
    Revoked,

    /// <summary>No PIN at all, as whoever types it knows; nothing is looked up for it, so its bytes are compared and its time is not.</summary>
    Malformed,
}
