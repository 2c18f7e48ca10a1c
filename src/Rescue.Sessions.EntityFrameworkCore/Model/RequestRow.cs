namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>A request of late that has made a session, without an idempotency key.</summary>
internal sealed class RequestRow
{
    /// <summary>The keyed hash of the request and of who made it.</summary>
    public required byte[] Hash { get; set; }

    public required byte[] SessionId { get; set; }

    /// <summary>Until when an identical one is a repeat.</summary>
    public long RepeatedUntil { get; set; }
}
