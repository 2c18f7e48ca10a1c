using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>Every problem that the endpoints know, each made in one place, but for what only a technician's verb comes to, which stands with the verbs.</summary>
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
        Code = ProblemCode.UnknownKey, Title = "Not signed in.", Detail = "The key is not the present one. Join again.",
    });

    public static IResult ForeignOrigin() => Of(StatusCodes.Status403Forbidden, new()
    {
        Code = ProblemCode.ForeignOrigin,
        Title = "Refused.",
        Detail = "The request was made by a page of another origin. If the page is yours, list its origin in Web.AllowedOrigins.",
    });

    public static IResult BadTemplate(IReadOnlyList<TemplateProblem> problems) => Of(StatusCodes.Status422UnprocessableEntity, new()
    {
        Code = ProblemCode.BadTemplate, Title = "The template cannot be used.",
        Detail = "Customers would get a message they cannot use. Mend every problem of severity error, and save again.",
        Problems = problems,
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

    /// <summary>What was refused, by whichever door.</summary>
    public static IResult Of(HttpContext context, Refusal refusal) => refusal switch
    {
        Refusal.Forbidden forbidden => Of(StatusCodes.Status403Forbidden, new()
        {
            Code = ProblemCode.MissingRights, Title = "The technician lacks rights.",
            MissingRights = [.. forbidden.Decision.Missing.Select(missing => missing.Right)],
            Decisions = forbidden.Decision.Missing,
        }),
        Refusal.Invalid invalid => Invalid(invalid.Problems),
        Refusal.TooMany many => TooMany(context, many),
        Refusal.NotWritten notWritten => NotWritten(context, notWritten),
        Refusal.Outdated outdated => Outdated(outdated.Latest),
        _ => throw new UnreachableException(),
    };

    private static IResult TooMany(HttpContext context, Refusal.TooMany many)
    {
        RetryAfter(context, many.RetryAfter);
        return Of(StatusCodes.Status429TooManyRequests, new()
        {
            Code = ProblemCode.TooMany, Title = "Too many requests.",
            Detail = many.What switch
            {
                LimitedAction.Invite => "Too many codes or messages were sent of late.",
                LimitedAction.TestMessage => "Too many test messages were sent of late.",
                LimitedAction.TypePin => "Typed PINs are not accepted for a while. The link in the email works.",
                LimitedAction.Join => "The applet has joined too often of late.",
                LimitedAction.JoinAsGuest => "The guest has joined too often of late.",
                LimitedAction.AskForHelp => "Help was asked for too often of late.",
                LimitedAction.TestWebhook => "Too many test events were sent of late.",
                LimitedAction.ReplayDelivery => "Too many messages were sent again of late.",
                _ => throw new UnreachableException(),
            },
        });
    }

    private static IResult NotWritten(HttpContext context, Refusal.NotWritten notWritten)
    {
        ProblemLog.Of(context).MessageNotWritten(notWritten.Reason);
        return Of(StatusCodes.Status422UnprocessableEntity, new()
        {
            Code = ProblemCode.MessageNotWritten,
            Title = "The message could not be written, so nothing was stored or sent.",
            Detail = $"{notWritten.Reason} Until then, make a session by PIN alone.",
        });
    }

    private static IResult Outdated(SettingVersion latest) => latest.Version == 0
        ? Invalid("version", "Nothing is saved yet. Send version 0, or leave it out.")
        : Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.Outdated, Title = "Somebody else has saved in the meantime.",
            Detail = "Look at what they have saved, and save again with its version.",
            Version = latest.Version,
            SavedBy = TechnicianView.Of(latest.SavedBy),
            SavedAt = latest.SavedAt,
        });
}
