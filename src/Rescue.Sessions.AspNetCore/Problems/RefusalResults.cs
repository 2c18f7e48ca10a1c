using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>Turns what was refused, by whichever door, into problem details.</summary>
internal static class RefusalResults
{
    public static IResult Of(HttpContext context, Refusal refusal) => refusal switch
    {
        Refusal.Forbidden forbidden => ProblemResults.Of(StatusCodes.Status403Forbidden, new()
        {
            Code = ProblemCode.MissingRights, Title = "The technician lacks rights.",
            MissingRights = [.. forbidden.Decision.Missing.Select(missing => missing.Right)],
            Decisions = forbidden.Decision.Missing,
        }),
        Refusal.Invalid invalid => ProblemResults.Invalid(invalid.Problems),
        Refusal.TooMany many => TooMany(context, many),
        Refusal.NotWritten notWritten => NotWritten(context, notWritten),
        Refusal.Outdated outdated => Outdated(outdated.Latest),
        _ => throw new UnreachableException(),
    };

    private static IResult TooMany(HttpContext context, Refusal.TooMany many)
    {
        ProblemResults.RetryAfter(context, many.RetryAfter);
        return ProblemResults.Of(StatusCodes.Status429TooManyRequests, new()
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
                _ => throw new UnreachableException(),
            },
        });
    }

    private static IResult NotWritten(HttpContext context, Refusal.NotWritten notWritten)
    {
        ProblemLog.Of(context).MessageNotWritten(notWritten.Reason);
        return ProblemResults.Of(StatusCodes.Status422UnprocessableEntity, new()
        {
            Code = ProblemCode.MessageNotWritten,
            Title = "The message could not be written, so nothing was stored or sent.",
            Detail = $"{notWritten.Reason} Until then, make a session by PIN alone.",
        });
    }

    private static IResult Outdated(SettingVersion latest) => latest.Version == 0
        ? ProblemResults.Invalid("version", "Nothing is saved yet. Send version 0, or leave it out.")
        : ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.Outdated, Title = "Somebody else has saved in the meantime.",
            Detail = "Look at what they have saved, and save again with its version.",
            Version = latest.Version,
            SavedBy = TechnicianView.Of(latest.SavedBy),
            SavedAt = latest.SavedAt,
        });
}
