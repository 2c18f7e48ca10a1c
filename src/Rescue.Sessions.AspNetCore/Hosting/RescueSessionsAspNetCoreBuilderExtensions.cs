using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.AspNetCore.Hosting;
using Rescue.Sessions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what the endpoints need.</summary>
public static class RescueSessionsAspNetCoreBuilderExtensions
{
    /// <summary>Adds the options of <c>MapRescueSessions</c>; they are checked when the host starts.</summary>
    public static RescueSessionsBuilder AddAspNetCore(this RescueSessionsBuilder builder, Action<RescueWebOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<RescueWebOptions>().Configure(configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RescueWebOptions>, RescueWebOptionsValidator>());
        return builder;
    }
}
