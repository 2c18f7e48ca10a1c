using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Email;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What technicians do with a session. Each takes no body, or an empty object.</summary>
internal static class SessionVerbs
{
    private const int MaxBody = 1024;

    public static Task<IResult> StartAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.StartAsync);

    public static Task<IResult> CloseAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.CloseAsync);

    public static Task<IResult> RevokeAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.RevokeAsync);

    public static async Task<IResult> ResendAsync(HttpContext context, EmailInvitations invitations, string id)
    {
        EmailDraft? draft = null;
        return await RunAsync(context, id, ResendAsync, session => SessionView.Of(session, draft)).ConfigureAwait(false);

        async ValueTask<SessionResult> ResendAsync(Technician technician, SessionId session, CancellationToken cancellationToken)
        {
            (var result, draft) = await invitations.ResendAsync(technician, session, cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    private static async Task<IResult> RunAsync(
        HttpContext context,
        string id,
        Func<Technician, SessionId, CancellationToken, ValueTask<SessionResult>> verb,
        Func<Session, SessionView>? view = null)
    {
        var (_, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.EmptyBody, MaxBody, optional: true).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        if (!SessionId.TryParse(id, null, out var session))
            return ProblemResults.NotFound();
        var result = await verb(TechnicianFilter.Of(context), session, context.RequestAborted).ConfigureAwait(false);
        return ProblemResults.For(context, result, done =>
            TypedResults.Json(view?.Invoke(done) ?? SessionView.Of(done), RescueJson.Default.SessionView));
    }
}
