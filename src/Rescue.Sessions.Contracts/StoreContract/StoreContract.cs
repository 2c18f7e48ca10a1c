using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>
/// What every store must do. A store's test project derives one class from each contract and hands it a store; tests use ids, PINs and
/// tenants of their own, so that a store that outlives a test may be shared.
/// </summary>
public abstract class StoreContract
{
    private readonly Lazy<ISessionStore> store;

    protected StoreContract() => store = new(CreateStore);

    /// <summary>The store under test, made when a test first asks for it.</summary>
    protected ISessionStore Store => store.Value;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ISessionStore CreateStore();

    protected async Task<StoredSession> AddAsync(Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var result = await Store.CreateAsync(draft.Build(), Cancellation);
        result.Outcome.Should().Be(SessionCreationOutcome.Created);
        return result.Session!;
    }

    /// <summary>Applies a change that the test relies on.</summary>
    protected async Task<StoredSession> ApplyAsync(SessionId id, SessionChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var result = await Store.TransitionAsync(SessionSelector.ById(id), new() { Now = change.At }, change, Cancellation);
        result.Applied.Should().BeTrue();
        return result.Session!;
    }

    /// <summary>A session whose applet has joined and is ready.</summary>
    protected async Task<(StoredSession Session, AppletJoin Join)> AddWaitingAsync(Draft draft)
    {
        var added = await AddAsync(draft);
        var join = new AppletJoin(Hashes.New(), Hashes.New());
        await ApplyAsync(added.Session.Id, Changes.Join(join, added.Session.CreatedAt.AddMinutes(1)));
        return (await ApplyAsync(added.Session.Id, Changes.Of(SessionTrigger.Ready, added.Session.CreatedAt.AddMinutes(2))), join);
    }

    protected async Task<StoredSession> FindAsync(SessionId id) =>
        (await Store.FindAsync(SessionSelector.ById(id), Cancellation))!;

    protected async Task<StoredSession?> TouchAsync(SessionId id, ImmutableArray<KeyedHash> appletKey, DateTimeOffset now) =>
        (await Store.TouchAsync([new(id, appletKey)], now, Cancellation)).Single();

    protected async Task<ImmutableArray<SessionEvent>> HistoryAsync(SessionId id) =>
        (await Store.ReadEventsAsync(new() { Session = id, Limit = 1000 }, Cancellation)).Events;

    /// <summary>
    /// Waits until a session's events have reached the streams. A store may hold events back for a moment, while an earlier write is not finished,
    /// so that no reader skips one.
    /// </summary>
    protected async Task SettledAsync(SessionId id)
    {
        var latest = (await HistoryAsync(id))[^1].Sequence;
        while (await Store.ReadLatestSequenceAsync(Cancellation) < latest)
            await Store.WaitForEventsAsync(latest - 1, Cancellation);
    }
}
