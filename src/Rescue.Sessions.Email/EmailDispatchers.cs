using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>The dispatchers the host has registered, by transport; of two for one transport the later wins.</summary>
internal sealed class EmailDispatchers(IEnumerable<IEmailDispatcher> dispatchers)
{
    private readonly IReadOnlyList<IEmailDispatcher> registered = [.. dispatchers];

    public bool Has(EmailDelivery delivery) => Find(delivery) is not null;

    /// <exception cref="InvalidOperationException">The host has registered none.</exception>
    public IEmailDispatcher For(EmailDelivery delivery) =>
        Find(delivery)
        ?? throw new InvalidOperationException($"No IEmailDispatcher is registered for {delivery}. Call AddEmail().UseSmtp(...) or register one.");

    /// <summary>The dispatcher for a transport; null when the host has registered none.</summary>
    public IEmailDispatcher? Find(EmailDelivery delivery) => registered.LastOrDefault(dispatcher => dispatcher.Delivery == delivery);
}
