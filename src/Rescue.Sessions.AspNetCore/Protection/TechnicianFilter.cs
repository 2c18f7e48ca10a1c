using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>
/// Lets nobody but a technician in. A page of another site may not even read: with a strict cookie, that is what keeps such a site from knowing
/// what the technician knows.
/// </summary>
internal sealed class TechnicianFilter : IEndpointFilter
{
    private static readonly object Key = new();

    public static Technician Of(HttpContext context) => (Technician)context.Items[Key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!SameOriginFilter.MayRead(http))
            return ProblemResults.ForeignOrigin();
        var watch = http.RequestServices.GetRequiredService<SignInWatch>();
        if (await http.RequestServices.GetRequiredService<IOptions<RescueWebOptions>>().Value.TechnicianOf(http).ConfigureAwait(false) is not { } technician)
        {
            await watch.NoteNobodyAsync(http).ConfigureAwait(false);
            return ProblemResults.NotSignedIn();
        }

        watch.NoteFound();
        http.Items[Key] = technician;
        await http.RequestServices.GetRequiredService<SupportTeam>().NoteSeenAsync(technician, http.RequestAborted).ConfigureAwait(false);
        return await next(context).ConfigureAwait(false);
    }
}
