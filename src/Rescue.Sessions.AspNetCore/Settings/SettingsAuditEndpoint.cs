using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/history</c>: what the tenant's administrators have done.</summary>
internal static class SettingsAuditEndpoint
{
    private const int DefaultLimit = 200;

    private const string Details = "There are fewer than are asked for where there are no more, and where what was set comes to more than 16 million characters.";

    [Operation("listSettingsHistory", "What administrators have set, in all settings, newest first: who, when, before and after. Secrets are left out.", Details = Details)]
    [Query(PageLimit.Name, "How many entries there are at most; 200 when it is left out.", Most = SettingsAudit.MaxEntries)]
    [Answers(StatusCodes.Status200OK, "The acts.", Type = typeof(SettingsHistoryView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    public static async Task<IResult> HandleAsync(HttpContext context, SettingsAudit audit)
    {
        if (PageLimit.Read(context.Request.Query[PageLimit.Name], DefaultLimit, SettingsAudit.MaxEntries) is not { } limit)
            return ProblemResults.Invalid([PageLimit.Problem(SettingsAudit.MaxEntries)]);
        var read = await audit.ReadAsync(TechnicianFilter.Of(context), limit, context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.SettingsHistoryView, (entries, _) => new([.. entries.Select(SettingsActView.Of)]));
    }
}
