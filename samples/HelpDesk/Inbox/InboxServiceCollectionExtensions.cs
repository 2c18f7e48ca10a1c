using HelpDesk.Inbox.Smtp;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpDesk.Inbox;

internal static class InboxServiceCollectionExtensions
{
    /// <summary>The capturing mail server; resolve <see cref="SmtpServer"/> and send to its <see cref="SmtpServer.EndPoint"/>.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CapturedMessages>();
        services.AddSingleton<SmtpServer>();
        return services.AddHostedService(provider => provider.GetRequiredService<SmtpServer>());
    }
}
