using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Applets;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary><c>GET /guest/{sessionId}/events</c>: the session's status now, and each change of it, until the visit is over.</summary>
internal static class GuestEvents
{
    private const string Details = "It begins with the status as it is now, which holds whatever was missed, and ends with the visit, at its time to the second. A client that lost it opens it again.";

    [Operation("watchAsGuest", "The session's status now, and each change of it, as server-sent events.", Details = Details)]
    [Header("Last-Event-ID", "The last event that was seen. The stream begins in the same way without it.")]
    [Answers(StatusCodes.Status200OK, "Events named `status`, and `ping` every fifteen seconds.", MediaType = "text/event-stream")]
    [Streams("status", typeof(GuestStatusView))]
    [Refuses(StatusCodes.Status401Unauthorized, ProblemCode.UnknownKey)]
    [Refuses(StatusCodes.Status410Gone, ProblemCode.Expired, ProblemCode.Revoked, ProblemCode.VisitEnded, ProblemCode.SessionEnded)]
    public static async Task StreamAsync(HttpContext context, GuestSessions sessions, string sessionId)
    {
        if (!GuestAnswers.TryRead(context.Request, sessionId, out var id, out var key))
        {
            await new UnknownKeyResult().ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        // Listening begins before the status is read, so that no change falls between the two; the status holds whatever was before.
        using var watch = await sessions.OpenWatchAsync(id, after: null, context.RequestAborted).ConfigureAwait(false);
        var first = await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false);
        if (first is not GuestAnswer.Present now)
        {
            await GuestAnswers.Of(first).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        var seen = watch.Start;
        var stream = context.RequestServices.GetRequiredService<OpenStreams>().Open(context, id, now.Guest.Id);
        await using var closing = stream.ConfigureAwait(false);
        await stream.BeginAsync(watch.Start).ConfigureAwait(false);
        await stream.SendAsync(Frame(seen, GuestStatusView.Of(now.Session, now.Guest, now.HandOver))).ConfigureAwait(false);
        var isOver = await stream.RunAsync(watch, TellAsync, now.Guest.ExpiresAt).ConfigureAwait(false);
        // Time alone makes no event at once.
        if (isOver && await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false) is GuestAnswer.Over over)
            await stream.SendAsync(Frame(seen, GuestStatusView.Of(over.Session, over.Guest))).ConfigureAwait(false);

        async ValueTask<bool> TellAsync(SessionUpdate update)
        {
            seen = update.Event.Sequence;
            // What happened a moment ago may come too, even beside a session that is further on; the status above contains it, for each change is a version.
            if ((update.Event.Version ?? update.Session?.Version) <= now.Session.Version)
                return true;
            switch (sessions.See(key!, update))
            {
                case GuestAnswer.Present present:
                    if (update.Event is { Kind: SessionEventKind.Transition } happened && happened.From != happened.To)
                    {
                        var then = GuestStatusView.Of(present.Session, present.Guest, happened.To == SessionStatus.Active ? present.HandOver : null);
                        await stream.SendAsync(Frame(happened.Sequence, then with { Status = happened.To, StatusSince = happened.At })).ConfigureAwait(false);
                    }

                    return true;
                case GuestAnswer.Over ended:
                    await stream.SendAsync(Frame(seen, GuestStatusView.Of(ended.Session, ended.Guest))).ConfigureAwait(false);
                    return false;
                default:
                    return false;
            }
        }
    }

    private static byte[] Frame(long sequence, GuestStatusView status) => EventFrame.Of("status", sequence, status, GuestJson.Default.GuestStatusView);
}
