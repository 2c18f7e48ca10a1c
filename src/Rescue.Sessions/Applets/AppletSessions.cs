using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Applets;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>What an applet that has joined tells of its session and hears of it; its key proves that it is the session's. Thread-safe.</summary>
public sealed class AppletSessions
{
    private readonly ISessionStore store;
    private readonly SessionSecrets secrets;
    private readonly PermissionPolicy policy;
    private readonly IOptionsMonitor<IAppletOptions> options;
    private readonly TimeProvider time;
    private readonly SessionFeed feed;
    private readonly SignsOfLife signs;
    private readonly AppletChanges changes;

    internal AppletSessions(
        ISessionStore store,
        SessionSecrets secrets,
        PermissionPolicy policy,
        IOptionsMonitor<IAppletOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry,
        SessionFeed feed,
        SignsOfLife signs)
    {
        this.store = store;
        this.secrets = secrets;
        this.policy = policy;
        this.options = options;
        this.time = time;
        this.feed = feed;
        this.signs = signs;
        changes = new(store, secrets, signs, options, time, telemetry);
    }

    /// <summary>The applet is ready: the customer waits, or the session goes back to where it was before an interruption. A repeat changes nothing.</summary>
    /// <param name="id">The session.</param>
    /// <param name="key">The applet's key.</param>
    /// <param name="hostName">The machine's name for itself, 1 to 128 characters, or null.</param>
    /// <param name="platform">The platform, or null.</param>
    /// <param name="kind">Whether the applet is a program or a page in the customer's browser.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The host name is too long or holds control characters.</exception>
    public async ValueTask<AppletResult> ReadyAsync(
        SessionId id, AppletKey key, string? hostName, DevicePlatform? platform, AppletKind kind = AppletKind.Program, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (hostName is not null)
            PersonName.Require(hostName, nameof(hostName));
        if (platform?.IsMobile() == true && await FindUncoveredAsync(id, key, cancellationToken).ConfigureAwait(false) is { } uncovered)
            return new AppletResult.MobileNotCovered(uncovered);
        var ready = changes.Of(SessionTrigger.Ready) with { HostName = hostName, Platform = platform, AppletKind = kind };
        if (options.CurrentValue.Technicians.AutoStart)
            return await changes.AutoStartAsync(id, key, ready, cancellationToken).ConfigureAwait(false);
        return await changes.SayAsync(id, key, ready, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The customer leaves; the session closes.</summary>
    public ValueTask<AppletResult> LeaveAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default) =>
        changes.SayAsync(id, key, changes.Of(SessionTrigger.Leave), cancellationToken);

    /// <summary>The customer declines the terms; the session closes.</summary>
    public ValueTask<AppletResult> DeclineAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default) =>
        changes.SayAsync(id, key, changes.Of(SessionTrigger.Decline), cancellationToken);

    /// <summary>Notes a sign of life.</summary>
    public async ValueTask<AppletResult> HeartbeatAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await signs.NoteAsync(new(id, secrets.Keys.Hash(key)), cancellationToken).ConfigureAwait(false);
        if (found?.Session.Settle(time.GetUtcNow()).Status is not (SessionStatus.Reconnecting or SessionStatus.Offline))
            return changes.ResultFor(found);
        // A sign of life after silence leads back to where the session was.
        return await changes.SayAsync(id, key, changes.Of(SessionTrigger.Return) with { Actor = SessionActor.Network }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is wrong with a machine's name, as a sentence; null when it can be given to <see cref="ReadyAsync"/>.</summary>
    public static string? ProblemOfHostName(string hostName) =>
        PersonName.Problem(hostName) is { } problem ? $"The machine's name {problem}" : null;

    /// <summary>The applet's session as it is now.</summary>
    public async ValueTask<AppletResult> FindAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return changes.ResultFor(found?.AppletKey is { } current && secrets.Keys.Hash(key).Contains(current) ? found : null);
    }

    /// <summary>
    /// The secret the applet shares with its technician while the session is active; null in any other status, for a wrong key, and when the key
    /// of the ring that sealed it is missing.
    /// </summary>
    public async ValueTask<HandOverSecret?> FindHandOverAsync(SessionId id, AppletKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.AppletKey is { } current && secrets.Keys.Hash(key).Contains(current) ? secrets.HandOverOf(found, time.GetUtcNow()) : null;
    }

    /// <summary>
    /// The events of the applet's session as they happen, until the session has closed or the wait is ended.
    /// </summary>
    /// <param name="id">The session. Prove the key with <see cref="FindAsync"/> first and again with each event: a rejoin replaces it.</param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null to begin now, or with what happened a moment ago.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SessionEvent> WatchAsync(
        SessionId id, long? after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in SessionWatch.FollowAsync(feed, FeedTopic.Of(id), null, after, cancellationToken).ConfigureAwait(false))
        {
            yield return update.Event;
            if (update.Event.To == SessionStatus.Closed)
                yield break;
        }
    }

    /// <summary>
    /// Listens to the applet's session from a known place on, and gets each event with the session; for streams that an applet resumes. Begin before you
    /// look at the session with <see cref="FindAsync"/>, so that no change falls between the two.
    /// </summary>
    /// <param name="id">
    /// The session. Prove the key with <see cref="FindAsync"/>, and with <see cref="IsHeldBy"/> at each event: a rejoin replaces it. Pass over an event that has
    /// no higher <see cref="SessionEvent.Version"/> than the <see cref="Session.Version"/> that <see cref="FindAsync"/> has answered: that contains it.
    /// </param>
    /// <param name="after">The last <see cref="SessionEvent.Sequence"/> that was seen, to go on after it; null, or one that is yet to come, to begin now, or with what happened a moment ago.</param>
    /// <param name="cancellationToken">Ends the wait for the beginning.</param>
    /// <exception cref="SessionStoreException">The store failed.</exception>
    public ValueTask<SessionWatch> OpenWatchAsync(SessionId id, long? after, CancellationToken cancellationToken = default) =>
        SessionWatch.OpenAsync(feed, FeedTopic.Of(id), null, after, cancellationToken);

    /// <summary>Whether a key was the applet's present one when the event was read. Asks no store.</summary>
    public bool IsHeldBy(AppletKey key, SessionUpdate update)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(update);
        return update.Stored?.AppletKey is { } current && secrets.Keys.Hash(key).Contains(current);
    }

    /// <summary>
    /// The secret that the applet shares with its technician, as it was when the event was read; null unless the session is active, for a wrong key, and
    /// when the key of the ring that sealed it is missing. Asks no store.
    /// </summary>
    public HandOverSecret? HandOverOf(AppletKey key, SessionUpdate update) => IsHeldBy(key, update) ? secrets.HandOverOf(update.Stored!, time.GetUtcNow()) : null;

    // What the landing page was told of the platform may have been wrong; the applet knows. Who was ready once comes back whatever was taken from its maker since.
    private async ValueTask<Session?> FindUncoveredAsync(SessionId id, AppletKey key, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false);
        return found?.AppletKey is { } present && secrets.Keys.Hash(key).Contains(present)
            && found.Session.Settle(time.GetUtcNow()) is { Status: SessionStatus.Connecting } connecting
            && found.Creator is { } creator && !(await policy.DecideAsync(creator, [ConnectionRight.MobileAddOn], cancellationToken).ConfigureAwait(false)).IsAllowed
                ? connecting
                : null;
    }
}
