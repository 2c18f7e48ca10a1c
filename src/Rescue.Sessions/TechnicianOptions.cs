namespace Rescue.Sessions;

/// <summary>What a technician may take on.</summary>
public sealed class TechnicianOptions
{
    /// <summary>How many sessions a technician may hold at a time, those on hold not counted; 0 = no limit. Ten by default.</summary>
    public int Capacity { get; set; } = 10;

    /// <summary>Whether a session becomes active as soon as its applet is ready, with the technician who made it; off by default. At capacity the customer waits.</summary>
    public bool AutoStart { get; set; }
}
