using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>A session as its customer may see it.</summary>
internal sealed record AppletStatusView(SessionStatus Status, string? Technician, SessionEnd? EndReason, HandOverView? HandOver = null)
{
    public static AppletStatusView Of(Session session) => new(session.Status, session.Owner?.Name, session.End);
}
