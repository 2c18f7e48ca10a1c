using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Health;

/// <summary>Registers a check for each part that the packages have added.</summary>
internal sealed class HealthRegistrations(IEnumerable<HealthPart> parts) : IConfigureOptions<HealthCheckServiceOptions>
{
    private const string Ready = "ready";

    public void Configure(HealthCheckServiceOptions options)
    {
        // A package that is added twice is one.
        foreach (var part in parts.DistinctBy(part => part.Name))
            options.Registrations.Add(new(part.Name, part.Check, failureStatus: null, [Ready]));
    }
}
