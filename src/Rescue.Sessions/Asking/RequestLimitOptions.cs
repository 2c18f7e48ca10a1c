namespace Rescue.Sessions.Asking;

/// <summary>
/// How often help may be asked for without an invitation, so that nobody fills the technicians' queue. Whoever has many addresses gets
/// <see cref="PerTenant"/> requests into it per <see cref="Window"/>, each of which ends <see cref="RequestOptions.Waiting"/> after its customer first waited, whether or not they are still there.
/// </summary>
public sealed class RequestLimitOptions
{
    /// <summary>The window over which requests are counted, one second to one day; ten minutes by default.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests per address and window; an IPv6 address counts as its /64 network. 0 = no limit; 10 by default.</summary>
    public int PerAddress { get; set; } = 10;

    /// <summary>Requests per tenant and window. 0 = no limit; 50 by default.</summary>
    public int PerTenant { get; set; } = 50;

    /// <summary>Requests overall and window. 0 = no limit; 200 by default.</summary>
    public int Overall { get; set; } = 200;
}
