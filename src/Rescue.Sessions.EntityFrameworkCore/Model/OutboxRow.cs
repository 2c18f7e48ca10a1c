namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>A message that is not finished with.</summary>
internal sealed class OutboxRow
{
    /// <summary>The order in which messages came.</summary>
    public long Position { get; set; }

    public required byte[] Id { get; set; }

    public required byte[] SessionId { get; set; }

    public required string Kind { get; set; }

    /// <summary>Sealed.</summary>
    public required byte[] Payload { get; set; }

    public long DueAt { get; set; }

    /// <summary>When it may be claimed: when it is due, when its lease ends, or when it is to be tried again.</summary>
    public long AvailableAt { get; set; }

    public long Fence { get; set; }

    public int Attempts { get; set; }

    /// <summary>1 from the beginning of an attempt until its outcome is recorded.</summary>
    public int Begun { get; set; }

    public int Uncertain { get; set; }
}
