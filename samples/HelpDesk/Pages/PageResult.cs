using HelpDesk.Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Pages;

internal static class PageResult
{
    /// <summary>A page in the reader's language; every page has the parameter <c>Language</c>.</summary>
    public static RazorComponentResult Page<TPage>(this HttpContext http, IDictionary<string, object?>? parameters = null, int statusCode = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var all = new Dictionary<string, object?>(parameters ?? new Dictionary<string, object?>())
        {
            ["Language"] = http.RequestServices.GetRequiredService<Languages>().For(http.Request),
        };
        return new RazorComponentResult(typeof(TPage), all) { StatusCode = statusCode };
    }
}
