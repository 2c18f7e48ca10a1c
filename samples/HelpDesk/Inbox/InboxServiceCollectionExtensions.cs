using HelpDesk.Inbox.Smtp;

namespace HelpDesk.Inbox;

internal static class InboxServiceCollectionExtensions
{
    /// <summary>The capturing mail server; resolve <see cref="SmtpServer"/> and send to its <see cref="SmtpServer.EndPoint"/>.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<CapturedMessages>();
        services.AddSingleton<SmtpServer>();
        return services.AddHostedService(provider => provider.GetRequiredService<SmtpServer>());
    }
}
