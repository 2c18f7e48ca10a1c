using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rescue.Sessions;
using Rescue.Sessions.Administration;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.Email.Hosting;
using Rescue.Sessions.Email.Mailto;
using Rescue.Sessions.Email.Messages;
using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Health;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds invitations by email.</summary>
public static class RescueSessionsEmailBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="EmailInvitations"/>, <see cref="EmailTemplates"/>, <see cref="EmailBounces"/> and drafts for the technician's own mail program. To send on a technician's behalf, add
    /// <see cref="UseSmtp(RescueSessionsBuilder, Action{SmtpOptions}?)"/> or an <see cref="IEmailDispatcher"/> of your own for <see cref="EmailDelivery.OnMyBehalf"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; they are checked when the host starts.</param>
    public static RescueSessionsBuilder AddEmail(this RescueSessionsBuilder builder, Action<EmailOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<EmailOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, EmailOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, DkimKeyValidator>());
        services.TryAddSingleton<IOptionsMonitor<IDkimOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<IMessageOptions>>(Whole);
        services.TryAddSingleton<IOptionsMonitor<ISmtpServerOptions>>(Whole);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEmailDispatcher, MailtoDispatcher>());
        services.TryAddSingleton<DkimSignatures>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<OutboxHandler, EmailOutboxHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RescueSessionsOptions>, MailWordsValidator>());
        services.TryAddSingleton(provider => new MailWords(provider.GetRequiredService<IOptions<RescueSessionsOptions>>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<MailWords>().Layout);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ProductTemplateCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DefaultLanguageCheck>(provider => new(
            provider.GetRequiredService<IOptionsMonitor<IMessageOptions>>(), provider.GetRequiredService<MailWords>(), LoggerOf(provider))));
        services.TryAddSingleton(provider => new TemplateNames(provider.GetRequiredService<IOptionsMonitor<EmailOptions>>().CurrentValue.Placeholders));
        services.TryAddSingleton<IEmailTemplateRenderer, EmailTemplateRenderer>();
        services.TryAddSingleton(provider => new InvitationWriter(
            provider.GetRequiredService<TemplateNames>(),
            provider.GetRequiredService<MailWords>(),
            provider.GetRequiredService<DkimSignatures>(),
            Whole(provider),
            provider.GetRequiredService<TimeProvider>(),
            LoggerOf(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RescueSessionsOptions>, ProductOrganization>());
        services.TryAddSingleton(provider => new TemplateSelection(
            provider.GetRequiredService<TenantSettings>(),
            provider.GetRequiredService<OrganizationDirectory>(),
            provider.GetRequiredService<IEmailTemplateRenderer>(),
            provider.GetRequiredService<MailWords>(),
            provider.GetRequiredService<IOptionsMonitor<IMessageOptions>>(),
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance));
        services.TryAddSingleton<AdministeredSettings>();
        services.TryAddSingleton(provider => new EmailSettings(provider.GetRequiredService<AdministeredSettings>(), provider.GetRequiredService<TemplateSelection>()));
        services.TryAddSingleton<TemplateExample>();
        services.TryAddSingleton<TemplateTestMail>();
        services.TryAddSingleton(provider => new EmailTemplates(
            provider.GetRequiredService<AdministeredSettings>(),
            provider.GetRequiredService<TemplateSelection>(),
            provider.GetRequiredService<TemplateExample>(),
            provider.GetRequiredService<IEmailTemplateRenderer>(),
            provider.GetRequiredService<TemplateNames>(),
            provider.GetRequiredService<MailWords>(),
            provider.GetRequiredService<TemplateTestMail>(),
            Whole(provider)));
        services.TryAddSingleton<EmailDispatchers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SendingCheck>(provider => new(
            provider.GetRequiredService<EmailDispatchers>(), LoggerOf(provider))));
        services.TryAddSingleton<InvitationRules>();
        services.TryAddSingleton<InvitationDrafts>();
        services.TryAddSingleton(provider => new MailRelay(
            provider.GetRequiredService<TimeProvider>(),
            LoggerOf(provider)));
        services.TryAddSingleton(provider => new MissingOrganizations(
            provider.GetRequiredService<TimeProvider>(),
            LoggerOf(provider)));
        services.AddSingleton(provider => new HealthPart("rescue.mail", new MailHealthCheck(
            provider.GetRequiredService<MailRelay>(),
            provider.GetRequiredService<MissingOrganizations>())));
        services.TryAddSingleton(provider => new EmailBounces(provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new EmailInvitations(
            provider.GetRequiredService<SupportInvitations>(),
            provider.GetRequiredService<SessionDirectory>(),
            provider.GetRequiredService<InvitationDrafts>(),
            provider.GetRequiredService<InvitationWriter>(),
            provider.GetRequiredService<TemplateSelection>(),
            provider.GetRequiredService<InvitationRules>(),
            provider.GetRequiredService<MailWords>(),
            provider.GetRequiredService<EmailDispatchers>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    // Each folder reads its own part of the options and knows no other.
    private static IOptionsMonitor<EmailOptions> Whole(IServiceProvider provider) => provider.GetRequiredService<IOptionsMonitor<EmailOptions>>();

    private static ILogger LoggerOf(IServiceProvider provider) =>
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Rescue.Sessions.Email");

    /// <summary>Sends on technicians' behalf through one mail server.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the server; checked when the host starts.</param>
    public static RescueSessionsBuilder UseSmtp(this RescueSessionsBuilder builder, Action<SmtpOptions>? configure = null) =>
        AddServer(builder, SmtpServerName.Unnamed, configure);

    /// <summary>
    /// Adds a mail server beside others, for the messages that <see cref="EmailOptions.SmtpServer"/> names it for. It has connections, limits and faults of its
    /// own: one that is slow or has a wrong password holds up its own mail alone.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The server's name: 1 to 64 ASCII letters, digits, dots, hyphens and underscores.</param>
    /// <param name="configure">Sets the server; checked when the host starts.</param>
    /// <exception cref="ArgumentException">The name is not of that form.</exception>
    public static RescueSessionsBuilder UseSmtp(this RescueSessionsBuilder builder, string name, Action<SmtpOptions>? configure = null) =>
        SmtpServerName.IsFit(name)
            ? AddServer(builder, name, configure)
            : throw new ArgumentException("The name of a mail server is 1 to 64 ASCII letters, digits, dots, hyphens and underscores.", nameof(name));

    /// <summary>
    /// Finds mail servers while the host runs, such as those of organisations in tables of its own: by the names that <see cref="EmailOptions.SmtpServer"/> gives and no
    /// other <c>UseSmtp</c> was given. Each has connections, limits and faults of its own, and its messages are signed as all others are.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="find">
    /// Finds a server by its name; null where there is none, for which mail waits. It is given services of a scope of its own, and asked for each message, from several threads at
    /// once. Its answer is an object of its own each time. Connections are kept for as long as the answer says the same, with the same delegate of a token provider, and let go of when it does not, or when nothing was
    /// sent for half an hour. Options that are wrong hold the mail, and the log says what to correct, as the start does for others; after an exception it is tried again.
    /// </param>
    public static RescueSessionsBuilder UseSmtp(
        this RescueSessionsBuilder builder, Func<IServiceProvider, string, CancellationToken, ValueTask<SmtpOptions?>> find)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(find);
        builder.Services.AddSingleton(services => new SmtpServerLookup(services.GetRequiredService<IServiceScopeFactory>(), find));
        return AddDispatcher(builder);
    }

    private static RescueSessionsBuilder AddServer(RescueSessionsBuilder builder, string name, Action<SmtpOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddSingleton(new SmtpServerName(name));
        var options = services.AddOptions<SmtpOptions>(name).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>());
        return AddDispatcher(builder);
    }

    private static RescueSessionsBuilder AddDispatcher(RescueSessionsBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, SmtpServerRuleValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IEmailDispatcher, SmtpServers>());
        return builder;
    }
}
