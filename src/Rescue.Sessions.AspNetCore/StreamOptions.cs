namespace Rescue.Sessions.AspNetCore;

/// <summary>
/// How many event streams are open at once on one node. Beyond a limit the oldest is ended, and its client is asked to wait before it comes back: a
/// program that has lost its connection gets in, and one that opens more and more only ends its own.
/// </summary>
public sealed class StreamOptions
{
    /// <summary>For each applet's session, and for each guest, 1 to 100; 3 by default, because a lost connection may be noticed late.</summary>
    public int PerApplet { get; set; } = 3;

    /// <summary>For each technician, 1 to 1,000; 10 by default, one for each window they have open.</summary>
    public int PerTechnician { get; set; } = 10;

    /// <summary>For all technicians of a tenant, 1 to 1,000,000; 2,000 by default.</summary>
    public int PerTenant { get; set; } = 2_000;

    /// <summary>For technicians and applets together, 1 to 1,000,000; 50,000 by default. An idle stream takes about 20 KB.</summary>
    public int Overall { get; set; } = 50_000;
}
