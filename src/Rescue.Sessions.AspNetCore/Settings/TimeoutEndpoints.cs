using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/timeouts</c>: after which times sessions change by themselves.</summary>
internal static class TimeoutEndpoints
{
    [Operation("getTimeouts", "The times after which sessions change by themselves, in minutes.")]
    [Answers(StatusCodes.Status200OK, "As it is set; null where the product's configuration holds.", Type = typeof(TimeoutsView))]
    public static async Task<IResult> FindAsync(HttpContext context, SupportSettings settings, IOptionsMonitor<RescueSessionsOptions> options)
    {
        var read = await settings.FindTimeoutsAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.TimeoutsView, (set, version) => ViewOf(context, options, set, version));
    }

    [Operation("saveTimeouts", "Sets the times after which sessions change by themselves.")]
    [Takes(typeof(TimeoutsBody))]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(TimeoutsView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.MissingMember)]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.Outdated)]
    public static async Task<IResult> SaveAsync(HttpContext context, SupportSettings settings, IOptionsMonitor<RescueSessionsOptions> options)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, SettingsJson.Default.TimeoutsBody, SettingsAnswer.MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var technician = TechnicianFilter.Of(context);
        while (true)
        {
            if (await settings.FindTimeoutsAsync(technician, context.RequestAborted).ConfigureAwait(false) is not SettingsRead<TimeoutSettings>.Found saved)
                return await FindAsync(context, settings, options).ConfigureAwait(false);
            if (body.IsEmpty())
                return SettingsAnswer.Nothing("waitingMinutes");
            var timeouts = body.Over(saved.Value);
            var save = await settings.SaveTimeoutsAsync(technician, timeouts, body.Version ?? saved.Version?.Version ?? 0, context.RequestAborted).ConfigureAwait(false);
            if (SettingsAnswer.IsOvertaken(body.Version, save))
                continue;
            return SettingsAnswer.Of(context, save, SettingsJson.Default.TimeoutsView, version => ViewOf(context, options, timeouts, version));
        }
    }

    [Operation("restoreTimeouts", "Goes back to the configured times.")]
    [Answers(StatusCodes.Status200OK, "As it is set now.", Type = typeof(TimeoutsView))]
    public static async Task<IResult> RestoreAsync(HttpContext context, SupportSettings settings, IOptionsMonitor<RescueSessionsOptions> options)
    {
        var save = await settings.SaveTimeoutsAsync(TechnicianFilter.Of(context), null, null, context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, save, SettingsJson.Default.TimeoutsView, version => ViewOf(context, options, new(), version));
    }

    private static TimeoutsView ViewOf(HttpContext context, IOptionsMonitor<RescueSessionsOptions> options, TimeoutSettings set, SettingVersion? version) =>
        TimeoutsView.Of(set, version, options.CurrentValue, TechnicianFilter.Of(context).Tenant);
}
