using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>/rescue/presence</c>: whether the technician takes transfers.</summary>
internal static class PresenceEndpoints
{
    private const int MaxBody = 1024;

    [Operation("getPresence", "Whether the technician takes transfers.")]
    [Answers(StatusCodes.Status200OK, "Their presence; available until it is set.", Type = typeof(PresenceView))]
    public static async Task<IResult> FindAsync(HttpContext context, SupportTeam team) =>
        Answer(await team.FindPresenceAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false));

    [Operation("setPresence", "Says whether the technician takes transfers.")]
    [Takes(typeof(PresenceBody))]
    [Answers(StatusCodes.Status200OK, "Their presence now.", Type = typeof(PresenceView))]
    public static async Task<IResult> SetAsync(HttpContext context, SupportTeam team)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, TechnicianJson.Default.PresenceBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        TechnicianPresence? presence = body.Presence?.ToUpperInvariant() switch
        {
            "AVAILABLE" => TechnicianPresence.Available,
            "BUSY" => TechnicianPresence.Busy,
            "AWAY" => TechnicianPresence.Away,
            _ => null,
        };
        if (presence is not { } known)
            return ProblemResults.Invalid("presence", "The presence must be available, busy or away.");
        await team.SetPresenceAsync(TechnicianFilter.Of(context), known, context.RequestAborted).ConfigureAwait(false);
        return Answer(known);
    }

    private static JsonHttpResult<PresenceView> Answer(TechnicianPresence presence) =>
        TypedResults.Json(new PresenceView(presence), TechnicianJson.Default.PresenceView);
}
