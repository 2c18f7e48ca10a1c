using Rescue.Sessions.Email.Mailto;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.Email;

/// <summary>
/// The dispatchers the host has registered, by transport. One of the host's own wins over the library's, whichever was registered first; of two of its
/// own the later wins.
/// </summary>
internal sealed class EmailDispatchers(IEnumerable<IEmailDispatcher> dispatchers)
{
    private readonly IReadOnlyList<IEmailDispatcher> registered = [.. dispatchers.OrderByDescending(IsOurs)];

    public bool Has(EmailDelivery delivery) => Find(delivery) is not null;

    /// <exception cref="InvalidOperationException">The host has registered none.</exception>
    public IEmailDispatcher For(EmailDelivery delivery) =>
        Find(delivery)
        ?? throw new InvalidOperationException($"No IEmailDispatcher is registered for {delivery}. Call AddEmail().UseSmtp(...) or register one.");

    /// <summary>The dispatcher for a transport; null when the host has registered none.</summary>
    public IEmailDispatcher? Find(EmailDelivery delivery) => registered.LastOrDefault(dispatcher => dispatcher.Delivery == delivery);

    private static bool IsOurs(IEmailDispatcher dispatcher) => dispatcher is MailtoDispatcher or SmtpServers or SmtpDispatcher;
}
