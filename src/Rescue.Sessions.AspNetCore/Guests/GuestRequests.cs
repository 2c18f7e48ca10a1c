using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Applets;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>What guests do: join, which needs a name that somebody types, and leave.</summary>
internal static class GuestRequests
{
    private const int MaxBody = 4096;

    [Operation("joinAsGuest", "Joins a session by a guest's link.", Details = "A repeat with the same `instance` comes back and gets a new key; nobody else can use the link then.")]
    [Takes(typeof(GuestJoinBody))]
    [Answers(StatusCodes.Status200OK, "The session, and the key for everything further.", Type = typeof(GuestJoinedView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.InvalidCode)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.AlreadyUsed)]
    [Refuses(StatusCodes.Status410Gone, ProblemCode.Expired, ProblemCode.Revoked, ProblemCode.VisitEnded, ProblemCode.SessionEnded)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    public static async Task<IResult> JoinAsync(HttpContext context, GuestSessions sessions)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (body, refusal) = await JsonBody.ReadAsync(context, GuestJson.Default.GuestJoinBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        if (body.Instance is { } instance && CustomerSessions.ProblemOfInstance(instance) is { } problem)
            return ProblemResults.Invalid("instance", problem);
        if (!GuestToken.TryParse(body.Token, out var token))
            return GuestAnswers.Refused(GuestRefusal.Invalid);
        return await sessions.JoinAsync(token, body.Name, body.Instance, context.RequestAborted).ConfigureAwait(false) switch
        {
            GuestJoinResult.Joined joined => TypedResults.Json(
                new GuestJoinedView(joined.Session.Id.ToString(), joined.Key.Text, joined.Guest.Id, joined.Guest.ExpiresAt), GuestJson.Default.GuestJoinedView),
            GuestJoinResult.BadLink bad => GuestAnswers.Refused(bad.Reason),
            GuestJoinResult.Refused refused => ProblemResults.Of(context, refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    [Operation("leaveAsGuest", "The guest leaves; the link leads nowhere from then on.")]
    [Takes(typeof(EmptyBody))]
    [Answers(StatusCodes.Status200OK, "The session as its guest may see it.", Type = typeof(GuestStatusView))]
    [Refuses(StatusCodes.Status401Unauthorized, ProblemCode.UnknownKey)]
    [Refuses(StatusCodes.Status410Gone, ProblemCode.Expired, ProblemCode.Revoked, ProblemCode.VisitEnded, ProblemCode.SessionEnded)]
    public static async Task<IResult> LeaveAsync(HttpContext context, GuestSessions sessions, string sessionId)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await JsonBody.ReadEmptyAsync(context, MaxBody).ConfigureAwait(false) is { } refusal)
            return refusal;
        if (!GuestAnswers.TryRead(context.Request, sessionId, out var id, out var key))
            return new UnknownKeyResult();
        // Whoever has left hears it once; later they are as any whose visit is over.
        var before = await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false);
        if (before is not GuestAnswer.Present)
            return GuestAnswers.Of(before);
        return await sessions.LeaveAsync(id, key!, context.RequestAborted).ConfigureAwait(false) is GuestAnswer.Over { Guest.State: Sessions.Guests.GuestState.Left } left
            ? TypedResults.Json(GuestStatusView.Of(left.Session, left.Guest), GuestJson.Default.GuestStatusView)
            : GuestAnswers.Of(await sessions.FindAsync(id, key!, context.RequestAborted).ConfigureAwait(false));
    }
}
