using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Descriptions;
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
    public static Task<IResult> SaveAsync(HttpContext context, SupportSettings settings, IOptionsMonitor<RescueSessionsOptions> options) => PartialSave.RunAsync(
        context,
        SettingsJson.Default.TimeoutsBody,
        "waitingMinutes",
        settings.FindTimeoutsAsync,
        settings.SaveTimeoutsAsync,
        (save, timeouts) => new(SettingsAnswer.Of(context, save, SettingsJson.Default.TimeoutsView, version => ViewOf(context, options, timeouts, version))));

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
