using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Telemetry;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>Sends what is queued for receivers, as soon as it is and again after failures, until the host stops. Every node sends; a message is held by one.</summary>
internal sealed class WebhookPump(
    IWebhookStore store,
    WebhookSender sender,
    WebhookSignal signal,
    IOptionsMonitor<WebhookOptions> options,
    TimeProvider time,
    SessionTelemetry telemetry)
    : PumpService
{
    // What another node has queued, and what is to be tried again, is not signalled here.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // What was put off too far can have been written at any time by another machine, but is rare.
    private static readonly TimeSpan RecallInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(1);

    // How long a message may wait for its turn, beside the time that sending it may take.
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(15);

    private const int MostForgotten = 500;

    private readonly ConcurrentDictionary<string, WebhookLane> lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> sending = new();
    private DateTimeOffset recalledAt;
    private DateTimeOffset forgottenAt;

    protected override async Task RunAsync(CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            while (!ending.IsCancellationRequested)
            {
                if (!await TurnAsync(ending, stopping).ConfigureAwait(false))
                    await signal.WaitAsync(PollInterval, time, ending).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nothing more is claimed.
        }

        // What is being sent is sent to its end, so that its answer is recorded.
        await Task.WhenAll(sending.Keys).ConfigureAwait(false);
    }

    // Whether there may be more to be claimed.
    private async Task<bool> TurnAsync(CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            var claimed = false;
            foreach (var due in await FindDueAsync(ending).ConfigureAwait(false))
                claimed |= await ClaimAsync(due, ending, stopping).ConfigureAwait(false);
            foreach (var (webhook, lane) in lanes)
            {
                if (lane.IsIdle && lanes.TryRemove(new(webhook, lane)))
                    lane.Dispose();
            }

            await ForgetAsync(ending).ConfigureAwait(false);
            telemetry.WebhooksWork();
            return claimed;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            telemetry.WebhooksFailed(failure);
            await Task.Delay(PollInterval, time, ending).ConfigureAwait(false);
            return false;
        }
    }

    private ValueTask<ImmutableArray<DueWebhook>> FindDueAsync(CancellationToken ending)
    {
        var (now, limits) = (time.GetUtcNow(), options.CurrentValue);
        if (!IsTime(RecallInterval, recalledAt, now))
            return store.FindDueAsync(now, cancellationToken: ending);
        recalledAt = now;
        // Beyond what is held the longest and what is put off the longest, for some of it is written after this was looked at, or by a clock that is ahead a little.
        return store.FindDueAsync(now, RetryDelay.Horizon(now + limits.Timeout + Waiting, limits.MaxRetryDelay), ending);
    }

    // A clock that was set back does not make it wait.
    private static bool IsTime(TimeSpan interval, DateTimeOffset latest, DateTimeOffset now) => now < latest || now - latest >= interval;

    private async Task<bool> ClaimAsync(DueWebhook due, CancellationToken ending, CancellationToken stopping)
    {
        var limits = options.CurrentValue;
        var lane = lanes.GetOrAdd(due.Webhook, _ => new(limits.Concurrency));
        var now = time.GetUtcNow();
        var room = lane.Room(now);
        if (room == 0)
            return false;
        var leaseUntil = now + limits.Timeout + Waiting;
        var claims = await store.ClaimAsync(due.Webhook, now, leaseUntil, room, ending).ConfigureAwait(false);
        foreach (var claim in claims)
        {
            lane.Hold();
            var task = Task.Run(() => SendAsync(lane, claim, limits, ending, stopping), CancellationToken.None);
            sending[task] = true;
            _ = task.ContinueWith(ended => sending.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return claims.Length == room;
    }

    private async Task SendAsync(WebhookLane lane, WebhookClaim claim, WebhookOptions limits, CancellationToken ending, CancellationToken stopping)
    {
        try
        {
            if (await AttemptAsync(lane, claim, limits, ending).ConfigureAwait(false) is { } attempt)
                await sender.RecordAsync(claim, attempt, limits, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await sender.GiveBackAsync(claim).ConfigureAwait(false);
        }
        finally
        {
            lane.Release();
            if (lane.Room(time.GetUtcNow()) > 0)
                signal.Set();
        }
    }

    private async Task<WebhookAttempt?> AttemptAsync(WebhookLane lane, WebhookClaim claim, WebhookOptions limits, CancellationToken ending)
    {
        await lane.EnterAsync(ending).ConfigureAwait(false);
        try
        {
            // What has waited too long is another node's by the time that it would be sent.
            if (time.GetUtcNow() + limits.Timeout >= claim.Delivery.DueAt)
                return null;
            var attempt = await sender.AttemptAsync(claim).ConfigureAwait(false);
            if (attempt?.WasAsked == true)
                lane.Note(attempt.Answer, time.GetUtcNow());
            return attempt;
        }
        finally
        {
            lane.Leave();
        }
    }

    private async Task ForgetAsync(CancellationToken ending)
    {
        var now = time.GetUtcNow();
        if (!IsTime(ForgetInterval, forgottenAt, now))
            return;
        while (await store.ForgetAsync(now - options.CurrentValue.LogRetention, MostForgotten, ending).ConfigureAwait(false) == MostForgotten)
        {
            // The rest follows, in steps that hold nobody up.
        }

        forgottenAt = now;
    }
}
