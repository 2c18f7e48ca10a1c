using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>POST /rescue/settings/template/test</c>: a message to the administrator themselves.</summary>
internal static class TemplateTestEndpoint
{
    [Operation("sendTestMessage", "Sends the message that a template makes to the administrator themselves. Nothing is saved.")]
    [Query("language", "A language tag such as `fr`; the tenant's own language when it is left out.")]
    [Query("platform", "One of the platforms, or `any`, which it is when it is left out.")]
    [Takes(typeof(TemplateBody))]
    [Answers(StatusCodes.Status200OK, "Where it went.", Type = typeof(TemplateTestView))]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.NoTestAddress)]
    [Refuses(StatusCodes.Status422UnprocessableEntity, ProblemCode.BadTemplate, ProblemCode.MessageNotWritten)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    [Refuses(StatusCodes.Status502BadGateway, ProblemCode.TestNotSent)]
    public static async Task<IResult> HandleAsync(HttpContext context, EmailTemplates templates, string? language, string? platform)
    {
        var (key, body, refusal) = await TemplateEndpoints.ReadAsync(context, templates, language, platform).ConfigureAwait(false);
        if (key is null || body is null)
            return refusal!;
        return await templates.SendTestAsync(TechnicianFilter.Of(context), key, body.ToSource(), context.RequestAborted).ConfigureAwait(false) switch
        {
            TemplateTest.Sent sent => TypedResults.Json(new TemplateTestView(sent.To), SettingsJson.Default.TemplateTestView),
            TemplateTest.BadTemplate bad => ProblemResults.BadTemplate(bad.Problems),
            TemplateTest.Failed failed => ProblemResults.Of(
                StatusCodes.Status502BadGateway, new() { Code = ProblemCode.TestNotSent, Title = "The mail server did not take the test message.", Detail = Reason(failed.Result) }),
            TemplateTest.NoAddress => ProblemResults.Of(
                StatusCodes.Status409Conflict, new() { Code = ProblemCode.NoTestAddress, Title = "There is no way to send a test message.", Detail = "Your sign-in needs an email address, and the product a mail server." }),
            TemplateTest.Refused refused => ProblemResults.Of(context, refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private static string Reason(DispatchResult result) => result switch
    {
        DispatchResult.Rejected rejected => $"{rejected.Code} {rejected.Reason}",
        DispatchResult.Deferred deferred => $"{deferred.Code} {deferred.Reason}",
        DispatchResult.NotSent notSent => notSent.Reason,
        DispatchResult.Unknown unknown => unknown.Reason,
        _ => "The dispatcher made a draft instead of sending.",
    };
}
