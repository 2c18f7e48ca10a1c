using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>POST /rescue/sessions</c>.</summary>
internal static class CreateSession
{
    private const int MaxBody = 16 * 1024;

    private const string Details =
        "Without `email` and `sms` the session is by PIN alone; of the two there can be one. With `onMyBehalf` the service sends the message, which is queued when this answers; with `defaultMailClient` the answer has a draft. `sms` has the service send a short text to a telephone, where the product has a gateway for it.";

    [Operation("createSession", "Makes a session, and invites its customer where `email` or `sms` says how.", Details = Details)]
    [Header("Idempotency-Key", "Visible ASCII characters of the client's choice: an exact repeat with the same key finds the session it made.", MaxLength = NewSession.MaxIdempotencyKeyLength)]
    [Takes(typeof(CreateSessionBody))]
    [Answers(StatusCodes.Status201Created, "The new session, with PIN and link and, where the technician sends it themselves, the draft.", Type = typeof(SessionView), Headers = ["Location"])]
    [Answers(StatusCodes.Status200OK, "The session that the same request has made before.", Type = typeof(SessionView), Headers = ["Location"])]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.MissingRights)]
    [Refuses(StatusCodes.Status422UnprocessableEntity, ProblemCode.IdempotencyKeyReused, ProblemCode.MessageNotWritten)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    public static async Task<IResult> HandleAsync(HttpContext context, SupportInvitations invitations, [FromServices] EmailInvitations? emails, [FromServices] SmsInvitations? texts)
    {
        var technician = TechnicianFilter.Of(context);
        var key = context.Request.Headers.TryGetValue("Idempotency-Key", out var values) ? values.ToString() : null;
        var (body, refusal) = await JsonBody.ReadAsync(
            context, TechnicianJson.Default.CreateSessionBody, MaxBody, validate: given => Problems(technician, given, given.ToNewSession(key), invitations, emails, texts)).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var session = body.ToNewSession(key);
        if (ProblemOfChannel(body, emails, texts) is not null)
            return ProblemResults.Invalid([.. Problems(technician, body, session, invitations, emails, texts)]);

        var result = session.Invitation?.Channel switch
        {
            null => new InviteResult(await invitations.CreateAsync(technician, session, null, context.RequestAborted).ConfigureAwait(false), null),
            InvitationChannel.Sms => new InviteResult(await texts!.InviteAsync(technician, session, context.RequestAborted).ConfigureAwait(false), null),
            _ => await emails!.InviteAsync(technician, session, context.RequestAborted).ConfigureAwait(false),
        };
        return result.Outcome switch
        {
            CreateSessionResult.Created created => Created(context, created, result.Draft),
            CreateSessionResult.KeyReused => ProblemResults.KeyReused(),
            CreateSessionResult.Refused refused => ProblemResults.Of(context, refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private static IReadOnlyList<FieldProblem> Problems(
        Technician technician, CreateSessionBody body, NewSession session, SupportInvitations invitations, EmailInvitations? emails, SmsInvitations? texts) =>
        ProblemOfChannel(body, emails, texts) is { } problem
            ? [.. invitations.Validate(technician, session), problem]
            : session.Invitation?.Channel switch
            {
                null => invitations.Validate(technician, session),
                InvitationChannel.Sms => texts!.Validate(technician, session),
                _ => emails!.Validate(technician, session),
            };

    // A product need not send email, nor texts; then a session is by PIN alone.
    private static FieldProblem? ProblemOfChannel(CreateSessionBody body, EmailInvitations? emails, SmsInvitations? texts) => body switch
    {
        { Email: not null, Sms: not null } => new("sms", "A session has one invitation. Give 'email' or 'sms', not both."),
        { Email: not null } when emails is null => new("email", "This service sends no email. Leave 'email' out, and read the PIN to the customer."),
        { Sms: not null } when texts is null => new("sms", "This service sends no SMS. Leave 'sms' out, and read the PIN to the customer."),
        _ => null,
    };

    private static JsonHttpResult<SessionView> Created(HttpContext context, CreateSessionResult.Created created, EmailDraft? draft)
    {
        var view = SessionView.Of(created.Session, TechnicianFilter.Of(context)).WithDraft(draft) with
        {
            Pin = created.Link?.Pin.Digits, Link = created.Link?.ToUri().AbsoluteUri,
        };
        context.Response.Headers.Location = $"{context.Request.PathBase.Add(context.Request.Path).ToUriComponent().TrimEnd('/')}/{view.Id}";
        var status = created.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        return TypedResults.Json(view, TechnicianJson.Default.SessionView, statusCode: status);
    }
}
