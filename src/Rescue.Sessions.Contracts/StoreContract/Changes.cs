using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>Changes as the core makes them.</summary>
public static class Changes
{
    public static readonly SessionTimeouts Timeouts = new()
    {
        Connecting = TimeSpan.FromMinutes(30), Waiting = TimeSpan.FromMinutes(40), ActiveIdle = TimeSpan.FromMinutes(50),
        Hold = TimeSpan.FromDays(14), Transfer = TimeSpan.FromMinutes(2), Silence = TimeSpan.FromSeconds(45), Offline = TimeSpan.FromMinutes(5),
    };

    public static SessionChange Of(SessionTrigger trigger, DateTimeOffset at) => new()
    {
        Kind = SessionEventKind.Transition, Trigger = trigger, At = at,
        Actor = SessionLifecycle.RowsOf(trigger)[0].Actor,
    };

    public static SessionChange Join(AppletJoin join, DateTimeOffset at) => Of(SessionTrigger.Join, at) with { Join = join };

    public static SessionChange Start(TechnicianReference technician, DateTimeOffset at) =>
        Of(SessionTrigger.Start, at) with { Owner = technician, By = technician };

    /// <summary>A change that leaves the status alone.</summary>
    public static SessionChange Note(SessionEventKind kind, DateTimeOffset at) =>
        new() { Kind = kind, At = at, Actor = SessionActor.Service };
}
