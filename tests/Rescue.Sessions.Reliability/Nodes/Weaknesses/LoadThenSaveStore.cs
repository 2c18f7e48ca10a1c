using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Reliability.Nodes.Weaknesses;

/// <summary>Changes sessions as a product without a conditional write would: what somebody else has written since the check is overwritten.</summary>
internal sealed class LoadThenSaveStore(ISessionStore inner) : SessionStoreDecorator(inner)
{
    // Holds for every session whose deadline is not long past, whatever else has become of it.
    private static readonly SessionGuard Anything = new() { Now = DateTimeOffset.MinValue };

    public override async ValueTask<TransitionResult> TransitionAsync(
        SessionSelector selector, SessionGuard guard, SessionChange change, CancellationToken cancellationToken = default)
    {
        if (await Inner.FindAsync(selector, cancellationToken) is not { } read)
            return new(false, null);
        if (!change.IsPermittedIn(read.Session.Status, out _) || !guard.Allows(read, change))
            return new(false, read);
        // Thinking takes time.
        await Task.Yield();
        var byId = SessionSelector.ById(read.Session.Id);
        var saved = await Inner.TransitionAsync(byId, Anything, change, cancellationToken);
        return saved.Applied ? saved : await Inner.TransitionAsync(byId, Anything, change with { Trigger = null }, cancellationToken);
    }
}
