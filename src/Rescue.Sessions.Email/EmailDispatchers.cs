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

    /// <summary>Whether anything but the recipient can matter to how a dispatcher sends a message.</summary>
    public static bool Chooses(IEmailDispatcher dispatcher) => dispatcher is not (SmtpDispatcher or SmtpServers { IsOne: true });

    /// <summary>Whether a dispatcher names the ways of its messages, rather than leaving <see cref="IEmailDispatcher.LaneOf"/> as it is.</summary>
    public static bool NamesWays(IEmailDispatcher dispatcher)
    {
        if (!Chooses(dispatcher))
            return false;
        var map = dispatcher.GetType().GetInterfaceMap(typeof(IEmailDispatcher));
        var place = Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(IEmailDispatcher.LaneOf));
        return map.TargetMethods[place].DeclaringType != typeof(IEmailDispatcher);
    }

    private static bool IsOurs(IEmailDispatcher dispatcher) => dispatcher is MailtoDispatcher or SmtpServers or SmtpDispatcher;
}
