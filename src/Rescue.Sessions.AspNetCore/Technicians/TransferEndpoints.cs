using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>Handing a session over to a colleague: the offer, and the answers to it.</summary>
internal static class TransferEndpoints
{
    private const int MaxBody = 1024;

    [Operation("transferSession", "Offers a session to a colleague who is available.")]
    [Takes(typeof(TransferBody))]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted, ProblemCode.Unavailable, ProblemCode.UnknownTechnician)]
    public static async Task<IResult> OfferAsync(HttpContext context, SupportSessions sessions, string id)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, TechnicianJson.Default.TransferBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        return await SessionVerbs.AnswerAsync(
            context, id, (who, session, aborted) => sessions.TransferAsync(who, session, body.To, aborted)).ConfigureAwait(false);
    }

    [Operation("acceptTransfer", "Takes an offered session over.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted, ProblemCode.Capacity)]
    public static Task<IResult> AcceptAsync(HttpContext context, SupportSessions sessions, string id) =>
        SessionVerbs.RunAsync(context, id, sessions.AcceptTransferAsync);

    [Operation("declineTransfer", "Declines an offered session, which goes back.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> DeclineAsync(HttpContext context, SupportSessions sessions, string id) =>
        SessionVerbs.RunAsync(context, id, sessions.DeclineTransferAsync);

    [Operation("takeBackTransfer", "Withdraws the own offer.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> TakeBackAsync(HttpContext context, SupportSessions sessions, string id) =>
        SessionVerbs.RunAsync(context, id, sessions.TakeBackTransferAsync);
}
