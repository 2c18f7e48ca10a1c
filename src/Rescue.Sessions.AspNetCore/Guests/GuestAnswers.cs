using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Applets;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>What guests are answered, and how they prove themselves.</summary>
internal static class GuestAnswers
{
    public static IResult Of(GuestAnswer answer) => answer switch
    {
        GuestAnswer.Present present => TypedResults.Json(GuestStatusView.Of(present.Session, present.Guest, present.HandOver), GuestJson.Default.GuestStatusView),
        GuestAnswer.Over over => Refused(ReasonOf(over.Guest.State)),
        GuestAnswer.UnknownKey => new UnknownKeyResult(),
        _ => throw new UnreachableException(),
    };

    public static IResult Refused(GuestRefusal reason) => reason switch
    {
        GuestRefusal.Invalid => Of(StatusCodes.Status404NotFound, ProblemCode.InvalidCode, "The link is not valid."),
        GuestRefusal.AlreadyUsed => Of(StatusCodes.Status409Conflict, ProblemCode.AlreadyUsed, "The link was used by another browser."),
        GuestRefusal.Expired => Of(StatusCodes.Status410Gone, ProblemCode.Expired, "The link's time has passed."),
        GuestRefusal.Revoked => Of(StatusCodes.Status410Gone, ProblemCode.Revoked, "The link was taken back."),
        GuestRefusal.Left => Of(StatusCodes.Status410Gone, ProblemCode.VisitEnded, "The guest has left."),
        GuestRefusal.Ended => Of(StatusCodes.Status410Gone, ProblemCode.SessionEnded, "The session has ended."),
        _ => throw new UnreachableException(),
    };

    /// <summary>The guest's key, which is the request's bearer token.</summary>
    public static bool TryRead(HttpRequest request, string sessionId, out SessionId session, out GuestKey? key)
    {
        key = null;
        return SessionId.TryParse(sessionId, out session) && GuestKey.TryParse(BearerToken.Of(request), out key);
    }

    private static GuestRefusal ReasonOf(GuestState state) => state switch
    {
        GuestState.Expired => GuestRefusal.Expired,
        GuestState.Revoked => GuestRefusal.Revoked,
        GuestState.Left => GuestRefusal.Left,
        _ => GuestRefusal.Ended,
    };

    private static IResult Of(int statusCode, ProblemCode code, string title) => ProblemResults.Of(statusCode, new() { Code = code, Title = title });
}
