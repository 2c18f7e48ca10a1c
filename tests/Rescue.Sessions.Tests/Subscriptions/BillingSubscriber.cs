using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Tests.Subscriptions;

/// <summary>The handler of a second subscription.</summary>
internal sealed class BillingSubscriber([FromKeyedServices("billing")] SubscriberProbe probe) : ISessionSubscriber
{
    public Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken) => probe.HandleAsync(update, cancellationToken);
}
