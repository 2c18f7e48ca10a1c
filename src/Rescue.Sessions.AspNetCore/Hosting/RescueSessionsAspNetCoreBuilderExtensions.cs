using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.AspNetCore.Customers.Archives;
using Rescue.Sessions.AspNetCore.Customers.Pages;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.AspNetCore.Hosting;
using Rescue.Sessions.AspNetCore.OpenApi;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.AspNetCore.Technicians;
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
        builder.Services.AddOptions<RescueWebOptions>().PostConfigure<IServiceProvider>(FindApplets);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RescueSessionsOptions>, CustomerWordsValidator>());
        builder.Services.TryAddSingleton<CustomerWords>();
        builder.Services.TryAddSingleton<ProxyWatch>();
        builder.Services.TryAddSingleton<SignInWatch>();
        builder.Services.TryAddSingleton<RepeatableSignIns>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RouteCheck>());
        builder.Services.TryAddSingleton<FileDigests>();
        builder.Services.TryAddSingleton<OpenStreams>();
        builder.Services.TryAddSingleton<TechnicianFrames>();
        Describe(builder.Services);
        return builder;
    }

    // For each of the host's OpenAPI documents, whatever their names, and of no effect without one.
    private static void Describe(IServiceCollection services)
    {
        services.ConfigureAll<OpenApiOptions>(options => options.AddOperationTransformer(new OperationTransformer(WireJson.Options)));
        // A host without reflection need not know the types of the library's parameters. Asked last, it changes nothing for those it knows.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Add(WireJson.Types));
    }

    // A relative path means the product's folder, wherever it is started from.
    private static void FindApplets(RescueWebOptions options, IServiceProvider services)
    {
        if (services.GetService<IHostEnvironment>()?.ContentRootPath is not { } root)
            return;
        foreach (var (platform, file) in options.Applets.ToArray())
            options.Applets[platform] = Path.Combine(root, file);
    }
}
