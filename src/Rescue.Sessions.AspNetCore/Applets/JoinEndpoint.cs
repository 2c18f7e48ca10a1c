using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary><c>POST /applet/join</c>: the only request that redeems a code.</summary>
internal static class JoinEndpoint
{
    private const int MaxBody = 4096;
    private const int FirstProtocol = 1;
    private const int Protocol = 1;

    private const string Details =
        "Give either `token`, from the link, or `pin`, as it was typed. Whatever is wrong with a PIN has one answer. A repeat with the same `instance` finds the same session and gets a new key.";

    [Operation("joinSession", "Redeems a code: the applet becomes the session's.", Details = Details)]
    [Takes(typeof(JoinBody))]
    [Answers(StatusCodes.Status200OK, "The session, and the key for everything further.", Type = typeof(JoinedView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.InvalidCode)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.AlreadyUsed)]
    [Refuses(StatusCodes.Status410Gone, ProblemCode.Expired, ProblemCode.Revoked, ProblemCode.NoTechnician, ProblemCode.SessionEnded)]
    [Refuses(StatusCodes.Status426UpgradeRequired, ProblemCode.AppletTooOld)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    public static async Task<IResult> HandleAsync(HttpContext context, CustomerSessions sessions, IOptions<RescueWebOptions> options)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (body, refusal) = await JsonBody.ReadAsync(context, AppletJson.Default.JoinBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        // An applet that does not say speaks the first one.
        if ((body.Protocol ?? FirstProtocol) < options.Value.MinimumAppletProtocol)
            return Outdated(options.Value.MinimumAppletProtocol);
        if (body.Instance is { } instance && CustomerSessions.ProblemOfInstance(instance) is { } problem)
            return ProblemResults.Invalid("instance", problem);
        if (body.Token is null == body.Pin is null)
            return ProblemResults.Invalid("token", "Give either 'token' or 'pin'.");
        if (body.Token is { } text)
        {
            return LinkToken.TryParse(text, out var token)
                ? await AnswerAsync(context, options.Value, await sessions.JoinAsync(token, body.Instance, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false)
                : Refused(JoinRefusal.Invalid);
        }

        // What is no PIN gets the answer of a wrong one, so that the answer tells nothing.
        if (!PinCode.TryParse(body.Pin, out var pin))
            return Refused(JoinRefusal.Invalid);
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        var attempt = new PinAttempt(pin, context.Connection.RemoteIpAddress, here.Tenant);
        return await AnswerAsync(context, options.Value, await sessions.JoinAsync(attempt, body.Instance, context.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async ValueTask<IResult> AnswerAsync(HttpContext context, RescueWebOptions options, JoinResult result) => result switch
    {
        JoinResult.Joined joined => TypedResults.Json(
            new JoinedView(
                joined.Session.Id.ToString(),
                joined.Key.Text,
                Protocol,
                await options.TermsOf(context, joined.Session).ConfigureAwait(false),
                await HelperAsync(context, joined.Session).ConfigureAwait(false)),
            AppletJson.Default.JoinedView),
        JoinResult.BadCode bad => Refused(bad.Reason),
        JoinResult.Refused refused => ProblemResults.Of(context, refused.Reason),
        _ => throw new UnreachableException(),
    };

    // Of a customer who asked for help themselves, the organisation until somebody has taken them up.
    private static async ValueTask<string> HelperAsync(HttpContext context, Session session)
    {
        if (session.CreatedBy is { } maker)
            return maker.Name;
        var here = await CustomerContext.OfAsync(context).ConfigureAwait(false);
        return (await CustomerContext.ForAsync(context, here, session).ConfigureAwait(false)).HelperOf(session);
    }

    private static IResult Outdated(int minimum) => ProblemResults.Of(StatusCodes.Status426UpgradeRequired, new()
    {
        Code = ProblemCode.AppletTooOld, Title = "The applet is too old.", Detail = $"Download it anew; protocol {minimum} or later is needed.",
    });

    private static IResult Refused(JoinRefusal reason) => reason switch
    {
        JoinRefusal.Invalid => ProblemResults.Of(StatusCodes.Status404NotFound, new() { Code = ProblemCode.InvalidCode, Title = "The code is not valid." }),
        JoinRefusal.AlreadyUsed => ProblemResults.Of(StatusCodes.Status409Conflict, new() { Code = ProblemCode.AlreadyUsed, Title = "The code was used by another applet." }),
        JoinRefusal.Expired => ProblemResults.Of(StatusCodes.Status410Gone, new() { Code = ProblemCode.Expired, Title = "The code has expired." }),
        JoinRefusal.Revoked => ProblemResults.Of(StatusCodes.Status410Gone, new() { Code = ProblemCode.Revoked, Title = "The code was taken back." }),
        JoinRefusal.NoTechnician => ProblemResults.Of(StatusCodes.Status410Gone, new() { Code = ProblemCode.NoTechnician, Title = "No technician is available." }),
        JoinRefusal.Ended => ProblemResults.Of(StatusCodes.Status410Gone, new() { Code = ProblemCode.SessionEnded, Title = "The session has ended." }),
        _ => throw new UnreachableException(),
    };
}
