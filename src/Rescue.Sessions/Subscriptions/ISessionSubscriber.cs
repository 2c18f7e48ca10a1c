using Rescue.Sessions.Feed;

namespace Rescue.Sessions.Subscriptions;

/// <summary>
/// Acts on what happens to sessions, of all tenants, on one node at a time and whatever restarts: see
/// <c>AddSessionSubscription</c>. Each event is handed to an object of its own,
/// made in a scope of its own, so that it may ask for scoped services.
/// </summary>
public interface ISessionSubscriber
{
    /// <summary>
    /// Handles one event. Those of one session come in their order, each when the one before has been handled; those of different sessions come at the same time.
    /// </summary>
    /// <remarks>
    /// An event comes at least once: after a crash, or when it failed, it comes again with the same <see cref="Lifecycle.SessionEvent.Sequence"/>, which is the key by
    /// which a handler tells that it has done the work before.
    /// </remarks>
    /// <param name="update">What has happened, with the session as it is now.</param>
    /// <param name="cancellationToken">Ends an attempt that takes longer than <see cref="SubscriptionOptions.Timeout"/>.</param>
    /// <returns>When it is done. An exception means that it is not: the event is tried again, and held up are those of its session alone.</returns>
    Task HandleAsync(SessionUpdate update, CancellationToken cancellationToken);
}
