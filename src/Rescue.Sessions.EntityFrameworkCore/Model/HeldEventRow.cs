namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>An event that a durable subscription could not hand over yet.</summary>
internal sealed class HeldEventRow
{
    public required string Subscription { get; set; }

    public long Sequence { get; set; }

    public required byte[] SessionId { get; set; }

    public required string Tenant { get; set; }

    public int Attempts { get; set; }

    public long HeldSince { get; set; }

    /// <summary>Null when it is parked.</summary>
    public long? RetryAt { get; set; }

    public string? Problem { get; set; }
}
