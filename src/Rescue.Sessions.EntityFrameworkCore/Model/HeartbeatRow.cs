namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>When an applet was last heard of. A row of its own without a further index, so that a heartbeat rewrites neither the session nor an index.</summary>
internal sealed class HeartbeatRow
{
    public required byte[] SessionId { get; set; }

    public long SeenAt { get; set; }
}
