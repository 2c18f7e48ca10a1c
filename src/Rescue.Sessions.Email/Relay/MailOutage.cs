namespace Rescue.Sessions.Email.Relay;

/// <summary>A time in which mail waits for somebody to correct a setting.</summary>
/// <param name="Lane">The way that is held, as <see cref="IEmailDispatcher.LaneOf"/> names it.</param>
/// <param name="Since">When it was first seen.</param>
/// <param name="LatestAt">When it was last seen.</param>
/// <param name="Cause">What stands in the way.</param>
/// <param name="Reason">The particulars, without addresses and secrets.</param>
/// <param name="Diagnosis">The particulars for the log, which name the server; null where there are no more.</param>
/// <param name="Code">The mail server's reply code, or null.</param>
/// <param name="EnhancedStatus">Its enhanced status code (RFC 3463), or null.</param>
/// <param name="ProbeAt">When the next message finds out whether it is over.</param>
/// <param name="Pause">How long one such message waits for the one before.</param>
internal sealed record MailOutage(
    string Lane,
    DateTimeOffset Since,
    DateTimeOffset LatestAt,
    NotSentCause Cause,
    string Reason,
    string? Diagnosis,
    int? Code,
    string? EnhancedStatus,
    DateTimeOffset ProbeAt,
    TimeSpan Pause);
