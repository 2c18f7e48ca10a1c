using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What technicians do with a session. Each takes no body, or an empty object.</summary>
internal static class SessionVerbs
{
    private const int MaxBody = 1024;

    [Operation("startSession", "Picks a waiting customer up: of several technicians, one.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted, ProblemCode.AlreadyStarted, ProblemCode.Capacity)]
    public static Task<IResult> StartAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.StartAsync);

    [Operation("holdSession", "Lays an active session aside.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> HoldAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.HoldAsync);

    [Operation("resumeSession", "Takes up a session that was laid aside.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted, ProblemCode.Capacity)]
    public static Task<IResult> ResumeAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.ResumeAsync);

    [Operation("rebootSession", "Notes that the technician restarts the customer's machine.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> RebootAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.RebootAsync);

    [Operation("noteActivity", "Notes that the technician is at work, so that the idle time-out runs anew.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> NoteActivityAsync(HttpContext context, SupportSessions sessions, string id) =>
        RunAsync(context, id, sessions.NoteActivityAsync);

    [Operation("closeSession", "Ends a session.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> CloseAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.CloseAsync);

    [Operation("revokeSession", "Takes the code back before it has led to assistance.")]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted)]
    public static Task<IResult> RevokeAsync(HttpContext context, SupportSessions sessions, string id) => RunAsync(context, id, sessions.RevokeAsync);

    [Operation("resendInvitation", "Invites the customer once more with the same code.")]
    [Takes(typeof(ResendBody), IsOptional = true)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NotPermitted, ProblemCode.CodeUnreadable)]
    [Refuses(StatusCodes.Status422UnprocessableEntity, ProblemCode.MessageNotWritten)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    public static async Task<IResult> ResendAsync(
        HttpContext context, SessionDirectory directory, [FromServices] EmailInvitations? emails, [FromServices] SmsInvitations? texts, string id)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, TechnicianJson.Default.ResendBody, MaxBody, optional: true).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        EmailDraft? draft = null;
        return await AnswerAsync(context, id, ResendAsync, view => view.WithDraft(draft)).ConfigureAwait(false);

        async ValueTask<SessionResult> ResendAsync(Technician technician, SessionId session, CancellationToken cancellationToken)
        {
            if (texts is not null && (emails is null || await IsSmsAsync(technician, session, cancellationToken).ConfigureAwait(false)))
            {
                return body?.Delivery is null or EmailDelivery.OnMyBehalf
                    ? await texts.ResendAsync(technician, session, cancellationToken).ConfigureAwait(false)
                    : new SessionResult.Refused(new Refusal.Invalid([new("delivery", "An SMS is sent by the service. Choose onMyBehalf, or leave 'delivery' out.")]));
            }

            (var result, draft) = await emails!.ResendAsync(technician, session, body?.Delivery, cancellationToken).ConfigureAwait(false);
            return result;
        }

        async Task<bool> IsSmsAsync(Technician technician, SessionId session, CancellationToken cancellationToken) =>
            await directory.FindAsync(technician, session, cancellationToken).ConfigureAwait(false) is { Invitation.Channel: InvitationChannel.Sms };
    }

    /// <summary>Reads the body, which holds nothing, and runs the verb.</summary>
    public static async Task<IResult> RunAsync(HttpContext context, string id, Func<Technician, SessionId, CancellationToken, ValueTask<SessionResult>> verb)
    {
        var refusal = await JsonBody.ReadEmptyAsync(context, MaxBody).ConfigureAwait(false);
        return refusal ?? await AnswerAsync(context, id, verb).ConfigureAwait(false);
    }

    /// <summary>Runs the verb and answers with the session, or with the refusal.</summary>
    public static async Task<IResult> AnswerAsync(
        HttpContext context,
        string id,
        Func<Technician, SessionId, CancellationToken, ValueTask<SessionResult>> verb,
        Func<SessionView, SessionView>? add = null)
    {
        if (!SessionId.TryParse(id, out var session))
            return ProblemResults.NotFound();
        return Of(context, await verb(TechnicianFilter.Of(context), session, context.RequestAborted).ConfigureAwait(false), add);
    }

    /// <summary>Answers with the session, or with the refusal.</summary>
    public static IResult Of(HttpContext context, SessionResult result, Func<SessionView, SessionView>? add = null)
    {
        if (result is not SessionResult.Done done)
            return RefusalOf(context, result);
        var view = SessionView.Of(done.Session, TechnicianFilter.Of(context), done.HandOver);
        return TypedResults.Json(add?.Invoke(view) ?? view, TechnicianJson.Default.SessionView);
    }

    /// <summary>Says why nothing is done.</summary>
    public static IResult RefusalOf(HttpContext context, SessionResult result) => result switch
    {
        SessionResult.NotFound => ProblemResults.NotFound(),
        SessionResult.AlreadyStarted started => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.AlreadyStarted, Title = "Another technician was faster.",
            Detail = $"{started.StartedBy.Name} has started the session.",
            SessionStatus = started.Session.Status,
            Permitted = SupportSessions.PermittedFor(TechnicianFilter.Of(context), started.Session),
            StartedBy = TechnicianView.Of(started.StartedBy),
            StartedAt = started.StartedAt,
        }),
        SessionResult.AtCapacity full => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.Capacity, Title = "The technician holds as many sessions as they may.", SessionStatus = full.Session.Status, Capacity = full.Capacity,
        }),
        SessionResult.Unavailable away => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.Unavailable, Title = "The other technician takes no sessions at present.", SessionStatus = away.Session.Status, Presence = away.Presence,
        }),
        SessionResult.UnknownTechnician unknown => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.UnknownTechnician, Title = "Nobody has this id.",
            Detail = "Transfer the session to a technician whom GET /rescue/colleagues lists.", SessionStatus = unknown.Session.Status,
        }),
        SessionResult.CodeUnreadable unreadable => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.CodeUnreadable, Title = "The code can no longer be read.",
            Detail = "It was sealed under a key that the service does not have any more. Make a new session, or have the former key put back.",
            SessionStatus = unreadable.Session.Status,
        }),
        SessionResult.NotPermitted refused => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.NotPermitted, Title = "The session's status does not permit this, or not to this technician.",
            SessionStatus = refused.Session.Status,
            EndReason = refused.Session.End,
            Permitted = refused.Permitted,
        }),
        SessionResult.Refused refused => ProblemResults.Of(context, refused.Reason),
        _ => throw new UnreachableException(),
    };
}
