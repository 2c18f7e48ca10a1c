using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Reads the session of a PIN whatever has become of it, and then finds that it is not meant.</summary>
internal sealed class FormerPinStore(ISessionStore inner) : SessionStoreDecorator(inner)
{
    public override async ValueTask<StoredSession?> FindAsync(SessionSelector selector, CancellationToken cancellationToken = default) =>
        await Inner.FindAsync(Wider(selector), cancellationToken) is { } found && selector.Allows(found) ? found : null;

    public override ValueTask<TransitionResult> TransitionAsync(
        SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken = default) =>
        Inner.TransitionAsync(Wider(selector), guard, change, cancellationToken);

    private static SessionSelector Wider(SessionSelector selector) => selector.LiveAt is null ? selector : SessionSelector.ByPin(selector.Pin);
}
