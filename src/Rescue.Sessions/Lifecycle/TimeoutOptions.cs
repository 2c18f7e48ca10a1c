namespace Rescue.Sessions.Lifecycle;

/// <summary>After which times a session changes by itself. Each is at least one second; zero means never, where it says so.</summary>
public sealed class TimeoutOptions
{
    /// <summary>From the making of a session until its applet must be ready; 0 = never, but for requests for help 30 minutes. 30 minutes by default.</summary>
    public TimeSpan Connecting { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a customer may wait for a technician before the session closes; 0 = never, the default.</summary>
    public TimeSpan Waiting { get; set; }

    /// <summary>How long an active session may go without activity (<see cref="SupportSessions.NoteActivityAsync"/>) before it is timed out; 0 = never, the default. Sessions on hold are exempt.</summary>
    public TimeSpan ActiveIdle { get; set; }

    /// <summary>How long a session may be on hold before it closes; one second to 14 days, the default.</summary>
    public TimeSpan Hold { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long an offered transfer waits for an answer; one second to one hour, two minutes by default.</summary>
    public TimeSpan Transfer { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an applet may be silent before its session counts as reconnecting; one second to one hour, 45 seconds by default. Programs and pages beat every 15
    /// seconds: below 30, one beat that comes late interrupts a session, and below 15 each is interrupted again and again.
    /// </summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a session may be rebooting or reconnecting before it counts as offline; one second to one day, five minutes by default.</summary>
    public TimeSpan Offline { get; set; } = TimeSpan.FromMinutes(5);
}
