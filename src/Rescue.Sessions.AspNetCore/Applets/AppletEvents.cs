using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary><c>GET /applet/{sessionId}/events</c>: the session's status now, and each change of it.</summary>
internal static class AppletEvents
{
    private const string Details = "It begins with the status as it is now, which holds whatever was missed, and ends with the session. A client that lost it opens it again.";

    [Operation("watchSession", "The session's status now, and each change of it, as server-sent events.", Details = Details)]
    [Header("Last-Event-ID", "The last event that was seen. The stream begins in the same way without it.")]
    [Answers(StatusCodes.Status200OK, "Events named `status`, `guests` with the same data when somebody else comes or goes, and `ping` every fifteen seconds.", MediaType = "text/event-stream")]
    [Streams("status", typeof(AppletStatusView))]
    [Streams("guests", typeof(AppletStatusView))]
    [Refuses(StatusCodes.Status401Unauthorized, ProblemCode.UnknownKey)]
    [Refuses(StatusCodes.Status410Gone, ProblemCode.SessionEnded)]
    public static async Task StreamAsync(HttpContext context, AppletSessions sessions, string sessionId)
    {
        if (!AppletAuthorization.TryRead(context.Request, sessionId, out var id, out var key))
        {
            await new UnknownKeyResult().ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        // Listening begins before the status is read, so that no change falls between the two; the status holds whatever was before.
        using var watch = await sessions.OpenWatchAsync(id, after: null, context.RequestAborted).ConfigureAwait(false);
        var first = await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false);
        if (first is not AppletResult.Done now)
        {
            await AppletVerbs.Answer(first).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var handOver = now.Session.Status == SessionStatus.Active
            ? await sessions.FindHandOverAsync(id, key!, context.RequestAborted).ConfigureAwait(false)
            : null;
        var stream = context.RequestServices.GetRequiredService<OpenStreams>().Open(context, id);
        await using var closing = stream.ConfigureAwait(false);
        await stream.BeginAsync(watch.Start).ConfigureAwait(false);
        await stream.SendAsync(Frame(watch.Start, AppletStatusView.Of(now.Session), handOver)).ConfigureAwait(false);
        await stream.RunAsync(watch, TellAsync).ConfigureAwait(false);

        async ValueTask<bool> TellAsync(SessionUpdate update)
        {
            // What happened a moment ago may come too, even beside a session that is further on; the status above contains it, for each change is a version.
            if ((update.Event.Version ?? update.Session?.Version) <= now.Session.Version)
                return true;
            if (!sessions.IsHeldBy(key!, update))
                return false;
            if (update.Event.Kind is SessionEventKind.GuestJoined or SessionEventKind.GuestLeft)
            {
                await stream.SendAsync(EventFrame.Of("guests", update.Event.Sequence, AppletStatusView.Of(update.Session!), AppletJson.Default.AppletStatusView))
                    .ConfigureAwait(false);
                return true;
            }

            if (update.Event is not { Kind: SessionEventKind.Transition } happened || happened.From == happened.To)
                return true;
            // The session may be further on than the event; each step is told all the same, and the end last.
            var then = AppletStatusView.Of(update.Session!) with
            {
                Status = happened.To, StatusSince = happened.At, EndReason = happened.To == SessionStatus.Closed ? update.Session!.End : null,
            };
            var secret = happened.To == SessionStatus.Active ? sessions.HandOverOf(key!, update) : null;
            await stream.SendAsync(Frame(happened.Sequence, then, secret)).ConfigureAwait(false);
            return happened.To != SessionStatus.Closed;
        }
    }

    private static byte[] Frame(long sequence, AppletStatusView status, HandOverSecret? secret) =>
        EventFrame.Of("status", sequence, status with { HandOver = secret is null ? null : new(secret.Text) }, AppletJson.Default.AppletStatusView);
}
