using Microsoft.Extensions.Options;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Outbox;

/// <summary>Sends what the outbox holds, as soon as it is stored and again after failures, until the host stops.</summary>
internal sealed class OutboxPump(
    IOutboxStore store,
    OutboxSender sender,
    LeaseKeeper leases,
    SessionFeed feed,
    IOptionsMonitor<IOutboxOptions> options,
    TimeProvider time,
    SessionTelemetry telemetry)
    : PumpService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // What was put off too far can have been written at any time by another machine, but is rare.
    private static readonly TimeSpan RecallInterval = TimeSpan.FromSeconds(10);

    // Of one lane no more wait here than are soon sent; the others are put off, so that what is behind them comes to light.
    private const int MostWaiting = 64;

    // How long a lane that has come to a stand can hide what is behind its messages.
    private static readonly TimeSpan LookBehind = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, OutboxLane> lanes = new(StringComparer.Ordinal);
    private DateTimeOffset claimedAt;
    private DateTimeOffset recalledAt;
    private bool more = true;

    protected override async Task RunAsync(CancellationToken ending, CancellationToken stopping)
    {
        using var changes = feed.Signal(MayBringMessages);
        try
        {
            while (!ending.IsCancellationRequested)
                await TurnAsync(changes, ending, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The host stops: nothing more is claimed.
        }

        await GiveBackAsync().ConfigureAwait(false);
        // What is being sent is sent to its end, so that its answer is recorded.
        await Task.WhenAll(lanes.Values.SelectMany(lane => lane.Unrecorded)).ConfigureAwait(false);
    }

    private async Task TurnAsync(FeedSignal changes, CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            var outbox = options.CurrentValue.Outbox;
            foreach (var (name, lane) in lanes)
            {
                lane.Fill(outbox.Concurrency, time.GetUtcNow(), claim => sender.Start(claim, outbox, stopping), ending);
                if (lane.IsEmpty)
                    lanes.Remove(name);
            }

            // What a lane that stands still has before others is put off as fast as it can be claimed, however much it is.
            if (HasRoom(outbox) || (sender.HasLanes && (more || IsTime(LookBehind, claimedAt, time.GetUtcNow()))))
            {
                more = await ClaimAsync(outbox, ending).ConfigureAwait(false);
                telemetry.OutboxWorks();
                if (!more && !lanes.Values.Any(lane => lane.Waiting > 0 && lane.HasPlace(outbox.Concurrency)))
                    await WaitAsync(changes, ending).ConfigureAwait(false);
            }
            else
            {
                await AnyEndsAsync(sender.HasLanes ? LookBehind : Timeout.InfiniteTimeSpan, ending).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            // The store is out of reach, and what is stored in it waits with it; or the options have become ones that do not hold.
            telemetry.OutboxFailed(failure);
            await Task.Delay(PollInterval, time, ending).ConfigureAwait(false);
        }
    }

    private bool HasRoom(OutboxOptions outbox) =>
        Waiting() <= outbox.Concurrency / 2 && (more || lanes.Values.Sum(lane => lane.Sending) < outbox.Concurrency);

    private IEnumerable<Task> Pending() => lanes.Values.SelectMany(lane => lane.Pending);

    private int Waiting() => lanes.Values.Sum(lane => lane.Waiting);

    // A clock that was set back does not make it wait.
    private static bool IsTime(TimeSpan interval, DateTimeOffset latest, DateTimeOffset now) => now < latest || now - latest >= interval;

    // Whether there may be more than was given.
    private async Task<bool> ClaimAsync(OutboxOptions outbox, CancellationToken ending)
    {
        var now = time.GetUtcNow();
        var limit = sender.HasLanes ? MostWaiting : Math.Max(outbox.Concurrency - Waiting(), 1);
        DateTimeOffset? horizon = null;
        if (IsTime(RecallInterval, recalledAt, now))
        {
            // Under a clock that was set back since, what is held here would be taken for put off too far, and be sent a second time.
            var before = now;
            await leases.KeepWithinAsync(before + LeaseKeeper.Lease).ConfigureAwait(false);
            // Another renewal may have been waited for, while others renewed what they hold; or the clock was set back only then.
            now = time.GetUtcNow();
            horizon = RetryDelay.Horizon((now > before ? now : before) + LeaseKeeper.Lease, outbox.MaxRetryDelay);
            recalledAt = now;
        }

        var leaseUntil = now + LeaseKeeper.Lease;
        claimedAt = now;
        var claims = await store.ClaimAsync(now, leaseUntil, limit, horizon, ending).ConfigureAwait(false);
        // To find their ways takes its time.
        foreach (var claim in claims)
            leases.Hold(claim);
        var ways = await sender.FindLanesAsync(claims, ending).ConfigureAwait(false);
        var late = claims.Zip(ways).GroupBy(pair => pair.Second, pair => pair.First).Select(group => Queue(group.Key, [.. group])).ToList();
        foreach (var (others, until) in late.Where(group => group.Claims.Length > 0))
            await leases.RenewAsync(others, until).ConfigureAwait(false);
        // The clock was set back meanwhile: another node would take them for put off too far.
        await leases.KeepWithinAsync(time.GetUtcNow() + LeaseKeeper.Lease).ConfigureAwait(false);
        return claims.Length == limit;
    }

    // Those that are put off, and until when; they are let go.
    private (OutboxClaim[] Claims, DateTimeOffset Until) Queue(string name, OutboxClaim[] claims)
    {
        if (!lanes.TryGetValue(name, out var lane))
            lanes[name] = lane = new();
        var taken = sender.HasLanes ? Math.Clamp(MostWaiting - lane.Waiting, 0, claims.Length) : claims.Length;
        foreach (var claim in claims[..taken])
            lane.Add(claim);
        foreach (var claim in claims[taken..])
            leases.Release(claim);
        return (claims[taken..], taken < claims.Length ? lane.PutOff(claims.Length - taken, time.GetUtcNow()) : default);
    }

    private async Task AnyEndsAsync(TimeSpan patience, CancellationToken ending)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(ending);
        await Task.WhenAny([Task.Delay(patience, time, woken.Token), .. Pending()]).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        ending.ThrowIfCancellationRequested();
    }

    // A message comes with its session or with a further invitation. What else happens is far more, the steps of each mail among it, and looking in vain is a statement.
    private static bool MayBringMessages(SessionEvent happened) =>
        happened is { Kind: SessionEventKind.Created } or { Kind: SessionEventKind.Invitation, Actor: not SessionActor.Service };

    // A change may have brought a message, an attempt that ended may have brought a retry, and time may have made one due.
    private async Task WaitAsync(FeedSignal changes, CancellationToken ending)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(ending);
        await Task.WhenAny(
            [changes.WaitAsync(woken.Token), Task.Delay(PollInterval, time, woken.Token), .. Pending()]).ConfigureAwait(false);
        await woken.CancelAsync().ConfigureAwait(false);
        ending.ThrowIfCancellationRequested();
    }

    // Another node need not wait for the leases to end.
    private async Task GiveBackAsync()
    {
        OutboxClaim[] unsent = [.. lanes.Values.SelectMany(lane => lane.Clear())];
        foreach (var claim in unsent)
            leases.Release(claim);
        try
        {
            await leases.RenewAsync(unsent, time.GetUtcNow()).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SessionStoreException or OperationCanceledException)
        {
            telemetry.OutboxFailed(failure);
        }
    }
}
