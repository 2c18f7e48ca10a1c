using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.Hosting;

/// <summary>What <c>AddRescueSessions</c> returns; the other packages extend it.</summary>
public sealed class RescueSessionsBuilder
{
    internal RescueSessionsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host.</summary>
    public IServiceCollection Services { get; }
}
