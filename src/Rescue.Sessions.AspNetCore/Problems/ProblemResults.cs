using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>Every problem that the endpoints know, each made in one place; <see cref="RefusalResults"/> has those that several doors refuse for.</summary>
internal static class ProblemResults
{
    private const string MediaType = "application/problem+json";

    public static IResult Of(int statusCode, Problem problem) =>
        TypedResults.Json(problem with { Status = statusCode }, ProblemJson.Default.Problem, MediaType, statusCode);

    public static IResult Invalid(IEnumerable<FieldProblem> problems, ProblemCode code = ProblemCode.InvalidRequest) => Of(StatusCodes.Status400BadRequest, new()
    {
        Code = code, Title = "The request is not valid.",
        Errors = problems.GroupBy(problem => problem.Field).ToDictionary(group => group.Key, group => group.Select(p => p.Message).ToArray()),
    });

    public static IResult Invalid(string field, string message) => Invalid([new FieldProblem(field, message)]);

    public static IResult TooLarge(int limit) => Of(StatusCodes.Status413PayloadTooLarge, new()
    {
        Code = ProblemCode.BodyTooLarge, Title = "The request is too large.", Detail = $"The body may have at most {limit} bytes.",
    });

    public static IResult NotAllowed(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Of(StatusCodes.Status405MethodNotAllowed, new() { Code = ProblemCode.MethodNotAllowed, Title = "The method is not allowed here.", Detail = $"Use {allowed}." });
    }

    public static IResult NotJson() => Of(StatusCodes.Status415UnsupportedMediaType, new()
    {
        Code = ProblemCode.NotJson, Title = "The body is not JSON.", Detail = "Send it with Content-Type: application/json.",
    });

    public static IResult NotSignedIn() => Of(StatusCodes.Status401Unauthorized, new()
    {
        Code = ProblemCode.NotSignedIn, Title = "Not signed in.", Detail = "Sign in as a technician first.",
    });

    public static IResult UnknownKey() => Of(StatusCodes.Status401Unauthorized, new()
    {
        Code = ProblemCode.UnknownKey, Title = "Not signed in.", Detail = "The applet key is not the session's present one. Join again.",
    });

    public static IResult ForeignOrigin() => Of(StatusCodes.Status403Forbidden, new()
    {
        Code = ProblemCode.ForeignOrigin,
        Title = "Refused.",
        Detail = "The request was made by a page of another origin. If the page is yours, list its origin in Web.AllowedOrigins.",
    });

    public static IResult BadTemplate(IEnumerable<TemplateProblem> problems) => Of(StatusCodes.Status422UnprocessableEntity, new()
    {
        Code = ProblemCode.BadTemplate, Title = "The template cannot be used.",
        Detail = "Customers would get a message they cannot use. Mend every problem of severity error, and save again.",
        Problems = [.. problems.Select(TemplateProblemView.Of)],
    });

    public static IResult KeyReused() => Of(StatusCodes.Status422UnprocessableEntity, new()
    {
        Code = ProblemCode.IdempotencyKeyReused, Title = "The Idempotency-Key belongs to another request.",
        Detail = "A request that was not the same has made a session with it. Send a new key with every new session, and the same one only with an exact repeat.",
    });

    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, new() { Code = ProblemCode.SessionNotFound, Title = "There is no such session." });

    /// <summary>The store has failed, which says nothing about sessions and codes.</summary>
    public static IResult StoreAway() => Of(StatusCodes.Status503ServiceUnavailable, new()
    {
        Code = ProblemCode.StoreUnavailable, Title = "The store is out of reach.",
        Detail = "Try again in a few seconds. What was being stored is there whole or not at all; a repeat with the same key finds it.",
    });

    public static void RetryAfter(HttpContext context, TimeSpan retryAfter) =>
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The refusal of a technician's verb.</summary>
    public static IResult For(HttpContext context, SessionResult result) => result switch
    {
        SessionResult.NotFound => NotFound(),
        SessionResult.AlreadyStarted started => Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.AlreadyStarted, Title = "Another technician was faster.",
            Detail = $"{started.StartedBy.Name} has started the session.",
            SessionStatus = started.Session.Status,
            Permitted = SupportSessions.PermittedFor(TechnicianFilter.Of(context), started.Session),
            StartedBy = TechnicianView.Of(started.StartedBy),
            StartedAt = started.StartedAt,
        }),
        SessionResult.AtCapacity full => Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.Capacity, Title = "The technician holds as many sessions as they may.", SessionStatus = full.Session.Status, Capacity = full.Capacity,
        }),
        SessionResult.Unavailable away => Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.Unavailable, Title = "The other technician takes no sessions at present.", SessionStatus = away.Session.Status, Presence = away.Presence,
        }),
        SessionResult.UnknownTechnician unknown => Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.UnknownTechnician, Title = "Nobody has this id.",
            Detail = "Transfer the session to a technician whom GET /rescue/colleagues lists.", SessionStatus = unknown.Session.Status,
        }),
        SessionResult.CodeUnreadable unreadable => Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.CodeUnreadable, Title = "The code can no longer be read.",
            Detail = "It was sealed under a key that the service does not have any more. Make a new session, or have the former key put back.",
            SessionStatus = unreadable.Session.Status,
        }),
        SessionResult.NotPermitted refused => Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.NotPermitted, Title = "The session's status does not permit this.",
            SessionStatus = refused.Session.Status,
            EndReason = refused.Session.End,
            Permitted = refused.Permitted,
        }),
        SessionResult.Refused refused => RefusalResults.Of(context, refused.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
