using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HelpDesk.Telemetry;

internal static class ConsoleTelemetry
{
    private const string Switch = "Telemetry:Console";
    private const string Library = "Rescue.Sessions";

    /// <summary>
    /// With <c>Telemetry__Console=true</c> the library's metrics and traces are written to the console; a product would send them to a collector instead
    /// (<c>AddOtlpExporter</c>).
    /// </summary>
    public static void AddConsoleTelemetry(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue<bool>(Switch))
            return;
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(Library).AddConsoleExporter())
            .WithTracing(traces => traces.AddSource(Library).AddConsoleExporter());
    }
}
