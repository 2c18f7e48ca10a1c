using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds invitations by SMS.</summary>
public static class SmsBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="SmsInvitations"/>, and the member <c>sms</c> of <c>POST /rescue/sessions</c> where the endpoints are mapped. Texts go by the
    /// <see cref="ISmsDispatcher"/> that the host has registered; of several, the last.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static RescueSessionsBuilder AddSms(this RescueSessionsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RescueSessionsOptions>, SmsWordsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<OutboxHandler, SmsOutboxHandler>());
        services.TryAddSingleton(provider => new SmsWords(provider.GetRequiredService<IOptions<RescueSessionsOptions>>().Value.LanguageFolder));
        services.TryAddSingleton(provider => new SmsInvitations(
            provider.GetRequiredService<SupportInvitations>(),
            provider.GetRequiredService<SessionDirectory>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<SmsWords>(),
            provider.GetServices<ISmsDispatcher>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>The same, with a dispatcher that is made once with the host's services.</summary>
    /// <typeparam name="TDispatcher">The dispatcher.</typeparam>
    /// <param name="builder">The builder.</param>
    public static RescueSessionsBuilder AddSms<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDispatcher>(
        this RescueSessionsBuilder builder)
        where TDispatcher : class, ISmsDispatcher
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<ISmsDispatcher, TDispatcher>();
        return builder.AddSms();
    }
}
