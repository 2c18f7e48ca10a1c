namespace Rescue.Sessions.Lifecycle;

/// <summary>After which times a session changes by itself. Each is at least one second; zero means never, where it says so.</summary>
public sealed class TimeoutOptions
{
    /// <summary>From the making of a session until its applet must be ready; 0 = never. 30 minutes by default.</summary>
    public TimeSpan Connecting { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a customer may wait for a technician before the session closes; 0 = never, the default.</summary>
    public TimeSpan Waiting { get; set; }

    /// <summary>How long an active session may lie idle before it is timed out; 0 = never, the default. Sessions on hold are exempt.</summary>
    public TimeSpan ActiveIdle { get; set; }
}
