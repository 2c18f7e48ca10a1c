using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Applets;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Retention;
using Rescue.Sessions.Visiting;

namespace Rescue.Sessions.Hosting;

/// <summary>The options: each folder reads its own part of them and knows no other.</summary>
internal static class OptionRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<IOptionsMonitor<IAppletOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IAskingOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<ICodeOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<ICreatingOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IColleagueOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IGuestOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IGuessOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IOrganizationOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IOutboxOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IPermissionOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IRetentionOptions>>(Whole);

        static IOptionsMonitor<RescueSessionsOptions> Whole(IServiceProvider provider) => provider.GetRequiredService<IOptionsMonitor<RescueSessionsOptions>>();
    }
}
