using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Health;

namespace Rescue.Sessions.EntityFrameworkCore.Time;

/// <summary>
/// Whether the machine's clock differs much from the database server's. The library goes by the server's, but logs, certificates and sign-ins of this machine do not.
/// </summary>
internal sealed class ClockHealthCheck(DatabaseClock? clock, IOptions<HealthOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Result());

    private HealthCheckResult Result()
    {
        if (clock is null)
            return HealthCheckResult.Healthy("The machine's clock is the only one.");
        var difference = clock.Difference;
        var data = new Dictionary<string, object> { ["differenceSeconds"] = Math.Round(difference.TotalSeconds, 3) };
        return difference.Duration() <= options.Value.ClockDifference
            ? HealthCheckResult.Healthy("The machine's clock agrees with the database server's.", data)
            : HealthCheckResult.Degraded(
                $"The machine's clock is {difference.Duration().TotalSeconds:0.0} s {(difference > TimeSpan.Zero ? "behind" : "ahead of")} the database server's. "
                + "Sessions go by the server's; let both follow the same time service (NTP).",
                data: data);
    }
}
