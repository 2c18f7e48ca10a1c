using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Guides.Tests.Snippets;

internal static class Operating
{
    public static void Health(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddRescueSessions();
    }

    public static void MapHealth(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    }

    public static void Measures(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Rescue.Sessions"))
            .WithTracing(traces => traces.AddSource("Rescue.Sessions"));
    }
}
