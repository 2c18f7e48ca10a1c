namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>Work that one node does for all, for a while.</summary>
internal sealed class LeaseRow
{
    public required string Name { get; set; }

    /// <summary>The node's name, drawn when its process started.</summary>
    public required string Holder { get; set; }

    public long HeldUntil { get; set; }
}
