using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace HelpDesk.Health;

internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c> says that the process answers, and looks no further: a database that is away is no reason to restart it. <c>/health/ready</c> says what
    /// it needs to serve: it is 503 while this copy should get no requests. Anybody may ask; what is told names no secret.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReportJson.WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = HealthReportJson.WriteAsync })
            .AllowAnonymous();
    }
}
