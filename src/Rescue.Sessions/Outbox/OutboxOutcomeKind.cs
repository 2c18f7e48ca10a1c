namespace Rescue.Sessions.Outbox;

/// <summary>How an attempt to send can end.</summary>
public enum OutboxOutcomeKind
{
    /// <summary>The receiver took responsibility for it.</summary>
    Sent,

    /// <summary>It was certainly not sent and never will be.</summary>
    Rejected,

    /// <summary>It was certainly not sent; trying later may help.</summary>
    Deferred,

    /// <summary>It may have been sent; the answer was lost.</summary>
    Unknown,
}
