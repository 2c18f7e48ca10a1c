using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the library's checks to a host's health checks.</summary>
public static class RescueSessionsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check for each part that can fail, all with the tag <c>ready</c>: <c>rescue.store</c> (unhealthy while it is out of reach), <c>rescue.outbox</c>,
    /// <c>rescue.feed</c>, <c>rescue.mail</c> where email is added, and <c>rescue.clock</c> where a database keeps the sessions (degraded when something needs
    /// attention). The order of registrations does not matter. Descriptions say what is wrong and what to do, without secrets.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="configure">Sets from when on they complain; checked when the host starts.</param>
    public static IHealthChecksBuilder AddRescueSessions(this IHealthChecksBuilder builder, Action<HealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<HealthOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HealthOptions>, HealthOptionsValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HealthCheckServiceOptions>, HealthRegistrations>());
        return builder;
    }
}
