using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
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
    public static async Task<IResult> SaveAsync(HttpContext context, EmailSettings settings)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, SettingsJson.Default.EmailDefaultsBody, SettingsAnswer.MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var technician = TechnicianFilter.Of(context);
        while (true)
        {
            if (await settings.FindAsync(technician, context.RequestAborted).ConfigureAwait(false) is not SettingsRead<EmailDefaults>.Found saved)
                return await FindAsync(context, settings).ConfigureAwait(false);
            if (body.IsEmpty())
                return SettingsAnswer.Nothing("language");
            var defaults = body.Over(saved.Value);
            var save = await settings.SaveAsync(technician, defaults, body.Version ?? saved.Version?.Version ?? 0, context.RequestAborted).ConfigureAwait(false);
            if (SettingsAnswer.IsOvertaken(body.Version, save))
                continue;
            var effective = await EffectiveAsync(context, settings).ConfigureAwait(false);
            return SettingsAnswer.Of(context, save, SettingsJson.Default.EmailDefaultsView, version => EmailDefaultsView.Of(defaults, effective, version));
        }
    }

    [Operation("restoreEmailDefaults", "Goes back to the configured language and time zone of messages.")]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(EmailDefaultsView))]
    public static async Task<IResult> RestoreAsync(HttpContext context, EmailSettings settings)
    {
        var save = await settings.SaveAsync(TechnicianFilter.Of(context), null, null, context.RequestAborted).ConfigureAwait(false);
        var effective = await EffectiveAsync(context, settings).ConfigureAwait(false);
        return SettingsAnswer.Of(context, save, SettingsJson.Default.EmailDefaultsView, version => EmailDefaultsView.Of(new(), effective, version));
    }

    private static ValueTask<EmailDefaults> EffectiveAsync(HttpContext context, EmailSettings settings) =>
        settings.FindEffectiveAsync(TechnicianFilter.Of(context), context.RequestAborted);
}
