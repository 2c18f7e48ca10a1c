namespace Rescue.Sessions.Email;

/// <summary>What became of the report of a bounce.</summary>
public enum BounceOutcome
{
    /// <summary>The session says now that its message came back, and its technician hears of it.</summary>
    Noted,

    /// <summary>It changes nothing: it was reported before, the customer has joined all the same, or the session is over or has been written about anew.</summary>
    Overtaken,

    /// <summary>No message of this service is known by that Message-ID; its session may be erased.</summary>
    Unknown,
}
