using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>GET /rescue/sessions/events</c>: what happens to the tenant's sessions.</summary>
internal static class TechnicianEvents
{
    public static async Task StreamAsync(HttpContext context, SupportSessions sessions, ISessionStore store, TimeProvider time)
    {
        var technician = TechnicianFilter.Of(context);
        var stream = new EventStream(context, time);
        // Read before the stream is open: what a client does from then on must be in it.
        var latest = await store.ReadLatestSequenceAsync(context.RequestAborted).ConfigureAwait(false);
        var cursor = EventStream.Cursor(context.Request, latest);
        await stream.OpenAsync(cursor).ConfigureAwait(false);
        await stream.PumpAsync(leaving => sessions.WatchAsync(technician, cursor, leaving), async happened =>
        {
            var session = await sessions.FindAsync(technician, happened.Session, context.RequestAborted).ConfigureAwait(false);
            var view = new SessionEventView(
                happened.Session.ToString(), happened.Kind, happened.Trigger, happened.At, happened.From, happened.To, happened.Detail,
                session is null ? null : await SessionVerbs.ViewAsync(context, technician, session).ConfigureAwait(false));
            await stream.SendAsync("session", happened.Sequence, view, RescueJson.Default.SessionEventView).ConfigureAwait(false);
            cursor = happened.Sequence;
            return true;
        }).ConfigureAwait(false);
    }
}
