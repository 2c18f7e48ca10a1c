using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Outbox;

/// <summary>Takes one claimed message through begin, send and record.</summary>
internal sealed class OutboxSender
{
    // Small enough for one statement, and more than are ever sent at once.
    private const int MostInAGroup = 64;

    private const int FrequentMails = 50;

    private const string Unopened =
        "The stored message cannot be opened: it was sealed under a key that this service no longer has. Invite the customer anew.";

    // A message that begins takes a place from others; one that is being recorded takes none.
    private static readonly TimeSpan BeginPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan CompletionPause = TimeSpan.FromMilliseconds(15);

    // The host's own function may be asked for a way; whoever it keeps waiting must not keep the others.
    private static readonly TimeSpan LanePatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StoreRetryInterval = TimeSpan.FromMilliseconds(250);

    // Until another node may take what this one does not send.
    private static readonly TimeSpan LeftFor = TimeSpan.FromSeconds(5);

    private readonly GroupedCalls<OutboxClaim, OutboxBegin> begins;
    private readonly GroupedCalls<OutboxResult, bool> completions;
    private readonly LeaseKeeper leases;
    private readonly SessionSecrets secrets;
    private readonly Dictionary<string, OutboxHandler> handlers;
    private readonly IOptionsMonitor<IOutboxOptions> options;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    private readonly HeldMessages held;

    // The kinds that the log has been told of.
    private readonly ConcurrentDictionary<string, bool> left = new(StringComparer.Ordinal);

    public OutboxSender(
        IOutboxStore store,
        LeaseKeeper leases,
        SessionSecrets secrets,
        IEnumerable<OutboxHandler> handlers,
        IOptionsMonitor<IOutboxOptions> options,
        TimeProvider time,
        SessionTelemetry telemetry)
    {
        begins = new(claims => store.BeginAsync(claims, time.GetUtcNow(), CancellationToken.None), MostInAGroup, new(FrequentMails, BeginPause));
        completions = new(results => store.CompleteAsync(results, CancellationToken.None), MostInAGroup, new(FrequentMails, CompletionPause));
        held = new(time);
        this.leases = leases;
        this.secrets = secrets;
        this.handlers = handlers.ToDictionary(handler => handler.Kind);
        this.options = options;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>Whether messages take several ways.</summary>
    public bool HasLanes => handlers.Count > 1 || handlers.Values.Any(handler => handler.HasLanes);

    /// <summary>Names the ways that messages take, in their order, within a second or so. Never throws.</summary>
    public async Task<IReadOnlyList<string>> FindLanesAsync(IReadOnlyList<OutboxClaim> claims, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(LanePatience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        return await Task.WhenAll(claims.Select(claim => FindLaneAsync(claim.Message, limit.Token))).ConfigureAwait(false);
    }

    /// <summary>Sends a message and records what has come of it. Never throws: a failure is logged, and the message comes back when its lease has ended.</summary>
    /// <param name="claim">The message.</param>
    /// <param name="stopping">The host stops: a store that is out of reach is no longer waited for.</param>
    public Task SendAsync(OutboxClaim claim, CancellationToken stopping = default) => Start(claim, options.CurrentValue.Outbox, stopping).Recorded;

    /// <summary>The same, and tells when the message no longer takes a place on its way.</summary>
    public OutboxAttempt Start(OutboxClaim claim, OutboxOptions limits, CancellationToken stopping = default)
    {
        leases.Hold(claim);
        if (handlers.GetValueOrDefault(claim.Message.Kind) is not { } handler)
            return new(Task.FromResult<OutboxOutcome?>(null), LeaveToOthersAsync(claim, stopping));
        var sent = BeginAndSendAsync(claim, handler, stopping);
        return new(sent, RecordAsync(claim, handler, limits, sent, stopping));
    }

    private async Task<string> FindLaneAsync(OutboxMessage message, CancellationToken limit)
    {
        if (!handlers.TryGetValue(message.Kind, out var handler) || !handler.HasLanes || secrets.TryOpen(message.Payload, message.Session) is not { } payload)
            return message.Kind;
        try
        {
            return $"{message.Kind}/{await handler.FindLaneAsync(payload, limit).AsTask().WaitAsync(limit).ConfigureAwait(false)}";
        }
        catch (Exception)
        {
            // The attempt meets it again, and tells of it.
            return message.Kind;
        }
    }

    // Null where there is nothing to record: somebody else has the message, or it is no longer to be sent.
    private async Task<OutboxOutcome?> BeginAndSendAsync(OutboxClaim claim, OutboxHandler handler, CancellationToken stopping)
    {
        using var activity = SessionTelemetry.Activities.StartActivity("outbox.send");
        activity?.SetTag("outbox.kind", claim.Message.Kind);
        if (OutboxRetry.IsGivenUp(claim))
            return new OutboxOutcome.Unknown($"Sending was broken off {OutboxRetry.MaxUncertain} times before the server's answer was recorded.");
        var begin = await PersistAsync(() => begins.AskAsync(claim), stopping).ConfigureAwait(false);
        return begin == OutboxBegin.Begun ? await AttemptAsync(claim, handler).ConfigureAwait(false) : null;
    }

    // Another node may send it: while a version that sends by SMS is brought out, or beside a program that does something else with the database. Its session hears
    // nothing of it, for nothing has been tried.
    private async Task LeaveToOthersAsync(OutboxClaim claim, CancellationToken stopping)
    {
        try
        {
            if (left.TryAdd(claim.Message.Kind, true))
                telemetry.OutboxLeft(claim.Message.Kind);
            // One whose code is no longer live is not begun, and goes.
            if (await PersistAsync(() => begins.AskAsync(claim), stopping).ConfigureAwait(false) != OutboxBegin.Begun)
                return;
            var due = time.GetUtcNow() + RetryDelay.Within(LeftFor);
            await PersistAsync(() => completions.AskAsync(new(claim, due) { IsHeld = true }), stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.OutboxFailed(failure);
        }
        finally
        {
            leases.Release(claim);
        }
    }

    private async Task<OutboxOutcome> AttemptAsync(OutboxClaim claim, OutboxHandler handler)
    {
        try
        {
            // Another attempt would not help: the same keys will not open it then either.
            if (secrets.TryOpen(claim.Message.Payload, claim.Message.Session) is not { } payload)
                return new OutboxOutcome.Rejected(Unopened);
            return await handler.SendAsync(claim.Message.Session, payload, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.HandlerFailed(claim.Message.Kind, failure);
            return new OutboxOutcome.Deferred("The message could not be sent because of an internal error.");
        }
    }

    private async Task RecordAsync(OutboxClaim claim, OutboxHandler handler, OutboxOptions limits, Task<OutboxOutcome?> sent, CancellationToken stopping)
    {
        try
        {
            if (await sent.ConfigureAwait(false) is { } outcome)
                await RecordAsync(claim, handler, limits, outcome, stopping).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.OutboxFailed(failure);
        }
        finally
        {
            leases.Release(claim);
        }
    }

    private async Task RecordAsync(OutboxClaim claim, OutboxHandler handler, OutboxOptions limits, OutboxOutcome outcome, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var (final, result) = OutboxRetry.Decide(claim, outcome, limits, now);
        if (handler.SendsInvitations)
            result = result with { Change = Change(claim, final, now) };
        var recorded = await PersistAsync(() => completions.AskAsync(result), stopping).ConfigureAwait(false);
        if (recorded)
            Tell(claim.Message, final, now);
    }

    private void Tell(OutboxMessage message, OutboxOutcome outcome, DateTimeOffset now)
    {
        // A message that is held meets the same at each try, until what becomes of it is told.
        var isNews = outcome is not OutboxOutcome.NotSent || held.Hold(message.Id, outcome.Reason);
        if (outcome is not OutboxOutcome.NotSent)
            held.Release(message.Id);
        if (outcome is OutboxOutcome.Accepted)
            telemetry.OutboxSent(message.Kind, message.Session, message.DueAt, now);
        else
            telemetry.OutboxNotSent(message.Kind, message.Session, outcome.State.ToString(), outcome.Reason, isTriedAgain: outcome.State == InvitationState.Deferred, isNews);
    }

    // What this process knows of a message would be an unknown outcome to everybody else, so it waits for a store that is out of reach. A repeat does
    // no harm: the fence lets only the first one through.
    private async Task<TAnswer> PersistAsync<TAnswer>(Func<Task<TAnswer>> write, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await write().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is SessionStoreException or OperationCanceledException && !stopping.IsCancellationRequested)
            {
                telemetry.OutboxFailed(failure);
                await Task.Delay(StoreRetryInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static SessionChange Change(OutboxClaim claim, OutboxOutcome outcome, DateTimeOffset now)
    {
        var isHeld = outcome is OutboxOutcome.NotSent;
        return new()
        {
            Kind = SessionEventKind.Invitation, At = now, Actor = SessionActor.Service, Detail = outcome.State.ToString(),
            Attempt = new(outcome.State, outcome.Reason, claim.Attempts + (isHeld ? 0 : 1), isHeld),
        };
    }
}
