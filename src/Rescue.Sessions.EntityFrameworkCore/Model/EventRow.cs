namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>One entry of a session's history.</summary>
internal sealed class EventRow
{
    public long Sequence { get; set; }

    public required byte[] SessionId { get; set; }

    public required string Tenant { get; set; }

    /// <summary>The <see cref="Lifecycle.SessionEvent"/> as JSON.</summary>
    public required string Document { get; set; }
}
