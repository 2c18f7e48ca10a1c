using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/email</c>: the language and time zone of messages that are given none.</summary>
internal static class EmailDefaultsEndpoints
{
    [Operation("getEmailDefaults", "The language and time zone of messages that are given none.")]
    [Answers(StatusCodes.Status200OK, "As it is set; null where the product's configuration holds.", Type = typeof(EmailDefaultsView))]
    public static async Task<IResult> FindAsync(HttpContext context, EmailSettings settings)
    {
        var read = await settings.FindAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        var effective = await EffectiveAsync(context, settings).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.EmailDefaultsView, (set, version) => EmailDefaultsView.Of(set, effective, version));
    }

    [Operation("saveEmailDefaults", "Sets the language and time zone of messages that are given none.")]
    [Takes(typeof(EmailDefaultsBody))]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(EmailDefaultsView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.MissingMember)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.Outdated)]
    public static Task<IResult> SaveAsync(HttpContext context, EmailSettings settings) => PartialSave.RunAsync(
        context,
        SettingsJson.Default.EmailDefaultsBody,
        "language",
        settings.FindAsync,
        settings.SaveAsync,
        (save, defaults) => AnswerAsync(context, settings, save, defaults));

    [Operation("restoreEmailDefaults", "Goes back to the configured language and time zone of messages.")]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(EmailDefaultsView))]
    public static async Task<IResult> RestoreAsync(HttpContext context, EmailSettings settings)
    {
        var save = await settings.SaveAsync(TechnicianFilter.Of(context), null, null, context.RequestAborted).ConfigureAwait(false);
        return await AnswerAsync(context, settings, save, new()).ConfigureAwait(false);
    }

    private static async ValueTask<IResult> AnswerAsync(HttpContext context, EmailSettings settings, SettingsSave save, EmailDefaults set)
    {
        var effective = await EffectiveAsync(context, settings).ConfigureAwait(false);
        return SettingsAnswer.Of(context, save, SettingsJson.Default.EmailDefaultsView, version => EmailDefaultsView.Of(set, effective, version));
    }

    private static ValueTask<EmailDefaults> EffectiveAsync(HttpContext context, EmailSettings settings) =>
        settings.FindEffectiveAsync(TechnicianFilter.Of(context), context.RequestAborted);
}
