using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary><c>GET /applet/{sessionId}/events</c>: the session's status now, and each change of it.</summary>
internal static class AppletEvents
{
    public static async Task StreamAsync(HttpContext context, CustomerSessions sessions, TimeProvider time, string sessionId)
    {
        if (!AppletAuthorization.TryRead(context.Request, sessionId, out var id, out var key))
        {
            await new UnknownKeyResult().ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        // Watching begins before the status is read, so that no change falls between the two.
        var latest = await sessions.ReadLatestSequenceAsync(context.RequestAborted).ConfigureAwait(false);
        var cursor = EventStream.Cursor(context.Request, latest);
        var first = await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false);
        if (first is not AppletResult.Done now)
        {
            await AppletVerbs.Answer(first).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var stream = new EventStream(context, time);
        await stream.OpenAsync(cursor).ConfigureAwait(false);
        await SendAsync(cursor, now.Session).ConfigureAwait(false);
        await stream.PumpAsync(leaving => sessions.WatchAsync(id, cursor, leaving), async happened =>
        {
            if (happened.Kind != SessionEventKind.Transition || happened.From == happened.To)
            {
                cursor = happened.Sequence;
                return true;
            }

            var current = await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false);
            if (current is AppletResult.UnknownKey)
                return false;
            var session = current switch
            {
                AppletResult.Done done => done.Session,
                AppletResult.Over over => over.Session,
                _ => now.Session,
            };
            await SendAsync(happened.Sequence, session).ConfigureAwait(false);
            cursor = happened.Sequence;
            return session.Status != SessionStatus.Closed;
        }).ConfigureAwait(false);

        async Task SendAsync(long sequence, Session session)
        {
            var secret = session.Status == SessionStatus.Active
                ? await sessions.FindHandOverAsync(id, key!, context.RequestAborted).ConfigureAwait(false)
                : null;
            var status = AppletStatusView.Of(session) with { HandOver = secret is null ? null : new(secret.Text) };
            await stream.SendAsync("status", sequence, status, RescueJson.Default.AppletStatusView).ConfigureAwait(false);
        }
    }
}
