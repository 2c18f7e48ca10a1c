using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.Hosting;

/// <summary>The services of invitations by SMS.</summary>
internal static class SmsRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RescueSessionsOptions>, SmsWordsValidator>());
        services.TryAddSingleton<SmsOrganizations>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<OutboxHandler, SmsOutboxHandler>());
        services.TryAddSingleton(provider => new SmsWords(provider.GetRequiredService<IOptions<RescueSessionsOptions>>().Value.LanguageFolder));
        services.TryAddSingleton(provider => new SmsInvitations(
            provider.GetRequiredService<SupportInvitations>(),
            provider.GetRequiredService<SessionDirectory>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<SmsWords>(),
            provider.GetServices<ISmsDispatcher>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
