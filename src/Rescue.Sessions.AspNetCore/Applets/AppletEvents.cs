using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary><c>GET /applet/{sessionId}/events</c>: the session's status now, and each change of it.</summary>
internal static class AppletEvents
{
    public static async Task StreamAsync(HttpContext context, CustomerSessions sessions, string sessionId)
    {
        if (!AppletAuthorization.TryRead(context.Request, sessionId, out var id, out var key))
        {
            await new UnknownKeyResult().ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        // Listening begins before the status is read, so that no change falls between the two.
        using var watch = await sessions.OpenWatchAsync(id, EventStream.LastSeen(context.Request), context.RequestAborted).ConfigureAwait(false);
        var first = await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false);
        if (first is not AppletResult.Done now)
        {
            await AppletVerbs.Answer(first).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var secret = now.Session.Status == SessionStatus.Active
            ? await sessions.FindHandOverAsync(id, key!, context.RequestAborted).ConfigureAwait(false)
            : null;
        var stream = context.RequestServices.GetRequiredService<OpenStreams>().Open(context, id);
        await using var closing = stream.ConfigureAwait(false);
        await stream.BeginAsync(watch.Start).ConfigureAwait(false);
        await stream.SendAsync(Frame(watch.Start, now.Session, secret)).ConfigureAwait(false);
        await stream.RunAsync(watch, TellAsync).ConfigureAwait(false);

        async ValueTask<bool> TellAsync(SessionUpdate update)
        {
            if (!sessions.IsHeldBy(key!, update))
                return false;
            if (update.Event is not { Kind: SessionEventKind.Transition } happened || happened.From == happened.To)
                return true;
            await stream.SendAsync(Frame(happened.Sequence, update.Session!, sessions.HandOverOf(key!, update))).ConfigureAwait(false);
            return update.Session!.Status != SessionStatus.Closed;
        }
    }

    private static byte[] Frame(long sequence, Session session, HandOverSecret? secret)
    {
        var status = AppletStatusView.Of(session) with { HandOver = secret is null ? null : new(secret.Text) };
        return EventFrame.Of("status", sequence, status, RescueJson.Default.AppletStatusView);
    }
}
