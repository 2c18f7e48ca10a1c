namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>How far a durable subscription has come, and which node works it.</summary>
internal sealed class SubscriptionRow
{
    public required string Name { get; set; }

    /// <summary>The sequence up to which all events have been handled or are held.</summary>
    public long Position { get; set; }

    public long Fence { get; set; }

    public required string Holder { get; set; }

    public long HeldUntil { get; set; }
}
