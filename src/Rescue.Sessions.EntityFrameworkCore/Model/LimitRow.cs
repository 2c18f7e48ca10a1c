namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>How often something limited happened in one window.</summary>
internal sealed class LimitRow
{
    public required string Key { get; set; }

    /// <summary>The window's number, in windows of the limit's length.</summary>
    public long Window { get; set; }

    public int Count { get; set; }

    /// <summary>When nothing needs the count any more.</summary>
    public long ForgottenAt { get; set; }
}
