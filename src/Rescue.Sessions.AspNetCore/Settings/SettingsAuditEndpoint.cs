using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary><c>/rescue/settings/history</c>: what the tenant's administrators have done.</summary>
internal static class SettingsAuditEndpoint
{
    private const string Limit = "limit";
    private const int Usual = 200;

    [Operation("listSettingsHistory", "What administrators have set, in all settings, newest first: who, when, before and after. Secrets are left out.")]
    [Query(Limit, "The most entries, 1 to 1000; 200 unless told.")]
    [Answers(StatusCodes.Status200OK, "The acts.", Type = typeof(SettingsHistoryView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    public static async Task<IResult> HandleAsync(HttpContext context, SettingsAudit audit)
    {
        if (LimitOf(context.Request.Query[Limit]) is not { } limit)
            return ProblemResults.Invalid([new FieldProblem(Limit, $"'limit' must be a number from 1 to {SettingsAudit.MaxEntries}.")]);
        var read = await audit.ReadAsync(TechnicianFilter.Of(context), limit, context.RequestAborted).ConfigureAwait(false);
        return SettingsAnswer.Of(context, read, SettingsJson.Default.SettingsHistoryView, (entries, _) => new([.. entries.Select(SettingsActView.Of)]));
    }

    private static int? LimitOf(string? text) => text is null
        ? Usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= SettingsAudit.MaxEntries ? limit : null;
}
