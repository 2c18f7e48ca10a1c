using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/email</c>: the language and time zone of messages that are given none.</summary>
internal static class EmailDefaultsEndpoints
{
    public static async Task<IResult> FindAsync(HttpContext context, EmailTemplates templates)
    {
        var read = await templates.FindDefaultsAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(read, RescueJson.Default.EmailDefaultsView, EmailDefaultsView.Of);
    }

    public static async Task<IResult> SaveAsync(HttpContext context, EmailTemplates templates)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.EmailDefaultsBody, SettingsAnswer.MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var technician = TechnicianFilter.Of(context);
        if (await templates.FindDefaultsAsync(technician, context.RequestAborted).ConfigureAwait(false) is not SettingsRead<EmailDefaults>.Found saved)
            return await FindAsync(context, templates).ConfigureAwait(false);
        if (body.IsEmpty())
            return SettingsAnswer.Nothing("language");
        var defaults = body.Over(saved.Value);
        var save = await templates.SaveDefaultsAsync(technician, defaults, body.Version, context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(save, RescueJson.Default.EmailDefaultsView, version => EmailDefaultsView.Of(defaults, version));
    }

    public static async Task<IResult> RestoreAsync(HttpContext context, EmailTemplates templates)
    {
        var save = await templates.SaveDefaultsAsync(TechnicianFilter.Of(context), new(), null, context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(save, RescueJson.Default.EmailDefaultsView, version => EmailDefaultsView.Of(new(), version));
    }
}
