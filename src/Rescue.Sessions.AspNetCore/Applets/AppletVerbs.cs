using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>What an applet that has joined tells.</summary>
internal static class AppletVerbs
{
    private const int MaxBody = 4096;

    [Operation("reportReady", "The applet runs, and its customer waits.")]
    [Takes(typeof(ReadyBody), IsOptional = true)]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.MobileNotCovered)]
    public static async Task<IResult> ReadyAsync(HttpContext context, AppletSessions sessions, string sessionId)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, AppletJson.Default.ReadyBody, MaxBody, optional: true).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        DevicePlatform? platform = null;
        if (body?.Platform is { } name)
        {
            if (!DevicePlatforms.TryParse(name, out var known))
                return ProblemResults.Invalid("platform", $"The platform must be one of: {string.Join(", ", DevicePlatforms.All.Select(p => p.ToName()))}.");
            platform = known;
        }

        if (!TryReadKind(body?.Kind, out var kind))
            return ProblemResults.Invalid("kind", "The kind must be one of: program, browser.");
        var hostName = string.IsNullOrWhiteSpace(body?.HostName) ? null : body.HostName;
        if (hostName is not null && AppletSessions.ProblemOfHostName(hostName) is { } problem)
            return ProblemResults.Invalid("hostName", problem);
        return await RunAsync(context, sessionId, (id, key) => sessions.ReadyAsync(id, key, hostName, platform, kind, context.RequestAborted)).ConfigureAwait(false);
    }

    [Operation("declineTerms", "The customer declines the terms; the session ends.")]
    public static Task<IResult> DeclineAsync(HttpContext context, AppletSessions sessions, string sessionId) =>
        RunEmptyAsync(context, sessionId, (id, key) => sessions.DeclineAsync(id, key, context.RequestAborted));

    [Operation("sendHeartbeat", "The applet is still there.")]
    public static Task<IResult> HeartbeatAsync(HttpContext context, AppletSessions sessions, string sessionId) =>
        RunEmptyAsync(context, sessionId, (id, key) => sessions.HeartbeatAsync(id, key, context.RequestAborted));

    [Operation("leaveSession", "The customer leaves; the session ends.")]
    public static Task<IResult> LeaveAsync(HttpContext context, AppletSessions sessions, string sessionId) =>
        RunEmptyAsync(context, sessionId, (id, key) => sessions.LeaveAsync(id, key, context.RequestAborted));

    public static IResult Answer(AppletResult result) => result switch
    {
        AppletResult.Done done => TypedResults.Json(AppletStatusView.Of(done.Session), AppletJson.Default.AppletStatusView),
        AppletResult.NotPermitted refused => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.NotPermitted, Title = "The session's status does not permit this.", SessionStatus = refused.Session.Status,
        }),
        AppletResult.MobileNotCovered uncovered => ProblemResults.Of(StatusCodes.Status403Forbidden, new()
        {
            Code = ProblemCode.MobileNotCovered, Title = "The technician cannot support phones and tablets.",
            Detail = "Run the program on a computer, or ask the technician for a colleague who can.", SessionStatus = uncovered.Session.Status,
        }),
        AppletResult.Over over => ProblemResults.Of(StatusCodes.Status410Gone, new()
        {
            Code = ProblemCode.SessionEnded, Title = "The session has ended.", SessionStatus = over.Session.Status, EndReason = over.Session.End,
        }),
        AppletResult.UnknownKey => new UnknownKeyResult(),
        _ => throw new UnreachableException(),
    };

    // An applet that does not say is a program: there was nothing else once.
    private static bool TryReadKind(string? name, out AppletKind kind) =>
        Enum.TryParse(name ??= nameof(AppletKind.Program), ignoreCase: true, out kind) && kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase);

    // Reads the body, which holds nothing, and runs the verb.
    private static async Task<IResult> RunEmptyAsync(HttpContext context, string sessionId, Func<SessionId, AppletKey, ValueTask<AppletResult>> verb)
    {
        var refusal = await JsonBody.ReadEmptyAsync(context, MaxBody).ConfigureAwait(false);
        return refusal ?? await RunAsync(context, sessionId, verb).ConfigureAwait(false);
    }

    private static async Task<IResult> RunAsync(HttpContext context, string sessionId, Func<SessionId, AppletKey, ValueTask<AppletResult>> verb)
    {
        context.Response.Headers.CacheControl = "no-store";
        return AppletAuthorization.TryRead(context.Request, sessionId, out var id, out var key)
            ? Answer(await verb(id, key!).ConfigureAwait(false))
            : new UnknownKeyResult();
    }
}
