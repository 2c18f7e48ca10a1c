using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>GET /rescue/colleagues</c>: the technicians of the tenant, to whom sessions may be transferred.</summary>
internal static class ColleaguesEndpoint
{
    [Operation("listColleagues", "The tenant's technicians, to whom sessions may be transferred.")]
    [Answers(StatusCodes.Status200OK, "All of them, by name.", Type = typeof(ColleagueListView))]
    public static async Task<IResult> HandleAsync(HttpContext context, SupportTeam team)
    {
        var colleagues = await team.ListColleaguesAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false);
        return TypedResults.Json(
            new ColleagueListView([.. colleagues.Select(colleague => new ColleagueView(colleague.Id, colleague.Name, colleague.Presence, colleague.Active))]),
            TechnicianJson.Default.ColleagueListView);
    }
}
