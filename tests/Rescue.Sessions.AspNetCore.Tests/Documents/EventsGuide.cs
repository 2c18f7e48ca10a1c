using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.AspNetCore.Tests.Documents;

/// <summary>The code of docs/events.md.</summary>
internal static class EventsGuide
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services
            .AddRescueSessions(options => options.Codes.PublicBaseUri = new Uri("https://help.acme.example/"))
            .AddSessionSubscription<CrmSubscriber>("crm", options => options.Start = SubscriptionStart.Beginning)
            .AddWebhooks();
    }

    public static async Task SeeToParkedAsync(SessionSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        foreach (var parked in await subscriptions.ListParkedAsync("crm", cancellationToken: cancellationToken))
        {
            Console.WriteLine($"Event {parked.Sequence} of session {parked.Session}, tried {parked.Attempts} times: {parked.Problem}");
            await subscriptions.RetryAsync("crm", parked.Sequence, cancellationToken);
        }
    }
}
