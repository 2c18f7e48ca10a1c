using Rescue.Sessions.Feed;
using Rescue.Sessions.Subscriptions;

namespace Rescue.Sessions.Tests.Subscriptions;

internal sealed class CrmSubscriber(SubscriberProbe probe) : ISessionSubscriber
{
    public Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken) => probe.HandleAsync(update, cancellationToken);
}
