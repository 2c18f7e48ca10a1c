using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>The dispatchers the host has registered, by transport; of two for one transport the later wins.</summary>
internal sealed class EmailDispatchers(IEnumerable<IEmailDispatcher> dispatchers)
{
    private readonly IReadOnlyList<IEmailDispatcher> registered = [.. dispatchers];

    public bool Has(EmailDelivery delivery) => registered.Any(dispatcher => dispatcher.Delivery == delivery);

    /// <exception cref="InvalidOperationException">The host has registered none.</exception>
    public IEmailDispatcher For(EmailDelivery delivery) =>
        registered.LastOrDefault(dispatcher => dispatcher.Delivery == delivery)
        ?? throw new InvalidOperationException($"No IEmailDispatcher is registered for {delivery}. Call AddEmail().UseSmtp(...) or register one.");
}
