using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>GET /rescue/sessions/events</c>: what happens to the tenant's sessions.</summary>
internal static class TechnicianEvents
{
    private const string Details =
        "Each event's data has the session as it was then or is since: several changes may come with the same one, and `from` and `to` tell which each is. " +
        "The stream never ends by itself but when the technician's sign-in no longer holds, which is looked at every five seconds; a client that lost it goes on with `Last-Event-ID`.";

    [Operation("watchSessions", "What happens to the tenant's sessions, as server-sent events.", Details = Details)]
    [Header("Last-Event-ID", "The last event that was seen, to go on after it; without one the stream begins now, or with what happened a moment ago.")]
    [Answers(StatusCodes.Status200OK, "Events named `session`, and `ping` every fifteen seconds.", MediaType = "text/event-stream")]
    [Streams("session", typeof(SessionEventView))]
    public static async Task StreamAsync(HttpContext context, SessionEvents events)
    {
        var technician = TechnicianFilter.Of(context);
        var signIn = await LastingSignIn.OfAsync(context, technician).ConfigureAwait(false);
        var frames = context.RequestServices.GetRequiredService<TechnicianFrames>();
        // Listening begins before the stream is open: what a client does from then on must be in it.
        using var watch = await events.OpenWatchAsync(technician, EventStream.LastSeen(context.Request), context.RequestAborted).ConfigureAwait(false);
        var stream = context.RequestServices.GetRequiredService<OpenStreams>().Open(context, technician, MayGoOnAsync);
        await using var closing = stream.ConfigureAwait(false);
        await stream.BeginAsync(watch.Start).ConfigureAwait(false);
        await stream.RunAsync(watch, async update =>
        {
            await stream.SendAsync(frames.Of(update, technician)).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

        // Signed out, disabled or moved to another tenant: the stream is nobody's. Otherwise what they may see follows.
        async ValueTask<bool> MayGoOnAsync()
        {
            if (await signIn.FindTechnicianAsync().ConfigureAwait(false) is not { } now || now.Id != technician.Id || now.Tenant != technician.Tenant)
                return false;
            technician = watch.Technician = now;
            return true;
        }
    }
}
