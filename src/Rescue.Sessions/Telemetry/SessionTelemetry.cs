using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Telemetry;

/// <summary>
/// The one place that writes logs, metrics and traces. What it is given decides what can leak: ids, statuses and closed vocabularies, never a
/// name, an address, a PIN or a token. Thread-safe.
/// </summary>
internal sealed class SessionTelemetry : IDisposable
{
    public const string Name = "Rescue.Sessions";

    public static readonly ActivitySource Activities = new(Name);

    // Those of whoever collects them are made for milliseconds: all that is usual would be in the first. An event is heard within a quarter of a second, and a message may wait for a day.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 21_600, 86_400],
    };

    private readonly ILogger logger;
    private readonly Meter meter;
    private readonly Counter<long> created;
    private readonly Counter<long> transitions;
    private readonly Counter<long> refusals;
    private readonly Counter<long> spent;
    private readonly Counter<long> requestsSpent;
    private readonly Counter<long> attempts;
    private readonly Counter<long> erased;
    private readonly Histogram<double> outboxDelay;
    private readonly Histogram<double> feedDelay;
    private readonly Counter<long> subscriptionEvents;
    private readonly Histogram<double> subscriptionDelay;
    private readonly Counter<long> webhookAttempts;
    private readonly Histogram<double> webhookDelay;
    private readonly Outage sending;
    private readonly Outage upkeep;
    private readonly Outage streams;
    private readonly Outage subscriptions;
    private readonly Outage webhooks;

    public SessionTelemetry(ILoggerFactory loggers, IMeterFactory? meters, TimeProvider time)
    {
        (sending, upkeep, streams, subscriptions, webhooks) = (new(time), new(time), new(time), new(time), new(time));
        logger = loggers.CreateLogger(Name);
        meter = meters?.Create(Name) ?? new Meter(Name);
        created = meter.CreateCounter<long>("rescue.sessions.created", "{session}", "Sessions made.");
        transitions = meter.CreateCounter<long>("rescue.sessions.transitions", "{transition}", "Changes of sessions, by trigger.");
        refusals = meter.CreateCounter<long>("rescue.sessions.join_refusals", "{refusal}", "Codes that did not lead to a session, by reason.");
        spent = meter.CreateCounter<long>("rescue.sessions.guess_budget_spent", "{guess}", "Typed PINs not looked at because of too many wrong ones.");
        requestsSpent = meter.CreateCounter<long>("rescue.sessions.request_budget_spent", "{request}", "Requests for help not taken because of too many of late.");
        attempts = meter.CreateCounter<long>("rescue.sessions.outbox_attempts", "{attempt}", "Attempts to send stored messages, by kind and outcome.");
        erased = meter.CreateCounter<long>("rescue.sessions.erased", "{session}", "Ended sessions erased with their personal data.");
        outboxDelay = meter.CreateHistogram("rescue.sessions.outbox_delay", "s", "From when a message was asked for to when it was sent, by kind.", advice: Seconds);
        feedDelay = meter.CreateHistogram("rescue.sessions.feed_delay", "s", "From an event to when its listeners in this process had it, clocks' differences included. Time-outs are left out: their time is the deadline's.", advice: Seconds);
        subscriptionEvents = meter.CreateCounter<long>("rescue.sessions.subscription_events", "{event}", "Attempts to handle events, by subscription and outcome.");
        subscriptionDelay = meter.CreateHistogram("rescue.sessions.subscription_delay", "s", "From an event to when it was handled, by subscription. Time-outs are left out: their time is the deadline's.", advice: Seconds);
        webhookAttempts = meter.CreateCounter<long>("rescue.sessions.webhook_attempts", "{attempt}", "Attempts to deliver to webhooks, by outcome.");
        webhookDelay = meter.CreateHistogram("rescue.sessions.webhook_delay", "s", "From when a message to a webhook was queued to when it was delivered.", advice: Seconds);
    }

    public void Created(Session session, Technician by)
    {
        created.Add(1);
        logger.SessionCreated(session.Id, by.Id);
    }

    public void Requested(Session session)
    {
        created.Add(1);
        logger.SessionRequested(session.Id);
    }

    public void RequestsSpent()
    {
        requestsSpent.Add(1);
        logger.RequestsSpent();
    }

    public void CreateForbidden(PermissionDecision decision) =>
        logger.CreateForbidden(string.Join(' ', decision.Missing.Select(missing => missing.Right)));

    public void Changed(Session session, SessionTrigger trigger)
    {
        transitions.Add(1, new KeyValuePair<string, object?>("trigger", trigger.ToString()));
        logger.SessionChanged(session.Id, trigger, session.Status);
    }

    public void NotAskedFor(Session session) => logger.NotAskedFor(session.Id, session.CreatedBy?.Id ?? "nobody");

    public void JoinRefused(string reason)
    {
        refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));
        logger.JoinRefused(reason);
    }

    /// <summary>A typed PIN led nowhere; what is wrong with it is told nowhere.</summary>
    public void PinRefused() => JoinRefused("Invalid");

    public void GuessesSpent()
    {
        spent.Add(1);
        logger.GuessesSpent();
    }

    /// <summary>A stored message was sent.</summary>
    public void OutboxSent(string kind, SessionId session, DateTimeOffset dueAt, DateTimeOffset now)
    {
        Attempted(kind, "Sent");
        outboxDelay.Record(SecondsSince(dueAt, now), new KeyValuePair<string, object?>("kind", kind));
        logger.OutboxSent(kind, session);
    }

    /// <summary>A stored message was not sent. Somebody has to do something about what is not tried again.</summary>
    /// <param name="kind">The message's kind.</param>
    /// <param name="session">Its session.</param>
    /// <param name="outcome">What became of the attempt.</param>
    /// <param name="reason">Why, as technicians read it: without addresses and secrets.</param>
    /// <param name="isTriedAgain">Whether there will be another.</param>
    /// <param name="isNews">Whether the log has not been told of the same already.</param>
    public void OutboxNotSent(string kind, SessionId session, string outcome, string? reason, bool isTriedAgain, bool isNews)
    {
        Attempted(kind, outcome);
        if (isNews)
            logger.OutboxAttempted(isTriedAgain ? LogLevel.Information : LogLevel.Warning, kind, session, outcome, reason ?? "No reason was given.");
    }

    public void OutboxLeft(string kind) => logger.OutboxLeft(kind);

    public void OutboxFailed(Exception failure)
    {
        if (sending.Fail(failure) is { } leftOut)
            logger.OutboxFailed(leftOut, failure);
    }

    public void OutboxWorks() => Succeeded(sending, Log.Sending);

    // What a handler throws may quote the message it was sending, so only its type is told.
    public void HandlerFailed(string kind, Exception failure) => logger.HandlerFailed(kind, failure.GetType().Name);

    // What a function of the host's throws may quote anything, so only its type is told.
    public void OrganizationMissing(string tenant, Exception failure) => logger.OrganizationMissing(tenant, failure.GetType().Name);

    public void OrganizationFound(string tenant, DateTimeOffset since) => logger.OrganizationFound(tenant, since);

    public void Unopened(SessionId session, Exception failure) => logger.Unopened(session, failure);

    public void KeyRemoved(string key) => logger.KeyRemoved(key);

    public void Heard(SessionEvent happened, DateTimeOffset now)
    {
        if (!happened.IsOfADeadline)
            feedDelay.Record(SecondsSince(happened.At, now));
    }

    /// <summary>Shows how many listen, whenever it is asked for.</summary>
    public void ObserveListeners(Func<int> count) => meter.CreateObservableUpDownCounter(
        "rescue.sessions.listeners", count, "{listener}", "Who listens to events in this process: event streams, and callers of WatchAsync.");

    public void StreamWaits(Exception failure)
    {
        if (streams.Fail(failure) is { } leftOut)
            logger.StreamWaits(leftOut, failure);
    }

    public void StreamGoesOn() => Succeeded(streams, Log.Streams);

    public void SubscriptionTaken(string subscription) => logger.SubscriptionTaken(subscription);

    public void SubscriptionLost(string subscription) => logger.SubscriptionLost(subscription);

    public void SubscriptionFailed(string subscription, Exception failure) => logger.SubscriptionFailed(subscription, failure);

    public void SubscriptionsWait(Exception failure)
    {
        if (subscriptions.Fail(failure) is { } leftOut)
            logger.SubscriptionsWait(leftOut, failure);
    }

    public void SubscriptionsGoOn() => Succeeded(subscriptions, Log.Subscriptions);

    public void EventHandled(string subscription, SessionEvent happened, DateTimeOffset now)
    {
        subscriptionEvents.Add(1, new("subscription", subscription), new("outcome", "handled"));
        if (!happened.IsOfADeadline)
            subscriptionDelay.Record(SecondsSince(happened.At, now), new KeyValuePair<string, object?>("subscription", subscription));
    }

    // What a handler throws may quote the session, so only its type is told.
    public void EventNotHandled(string subscription, SessionEvent happened, Exception failure)
    {
        subscriptionEvents.Add(1, new("subscription", subscription), new("outcome", "failed"));
        logger.EventNotHandled(subscription, happened.Sequence, happened.Session, failure.GetType().Name);
    }

    public void EventParked(string subscription, SessionId session, long sequence)
    {
        subscriptionEvents.Add(1, new("subscription", subscription), new("outcome", "parked"));
        logger.EventParked(subscription, sequence, session);
    }

    public void WebhooksFailed(Exception failure)
    {
        if (webhooks.Fail(failure) is { } leftOut)
            logger.WebhooksFailed(leftOut, failure);
    }

    public void WebhooksWork() => Succeeded(webhooks, Log.Webhooks);

    public void WebhookDisabled(string webhook, string tenant) => logger.WebhookDisabled(webhook, tenant);

    public void WebhookUnopened(string webhook, string tenant, Exception failure) => logger.WebhookUnopened(webhook, tenant, failure);

    public void WebhooksNotSealed(Exception failure) => logger.WebhooksNotSealed(failure);

    public void WebhooksDamaged(string tenant, Exception failure) => logger.WebhooksDamaged(tenant, failure);

    public void WebhookAttempted(string webhook, SessionId session, bool isDelivered, bool isOver, DateTimeOffset queuedAt, DateTimeOffset now)
    {
        webhookAttempts.Add(1, new KeyValuePair<string, object?>("outcome", isDelivered ? "delivered" : isOver ? "failed" : "deferred"));
        if (isDelivered)
            webhookDelay.Record(SecondsSince(queuedAt, now));
        else if (isOver)
            logger.WebhookGaveUp(webhook, session);
    }

    public void TechnicianNotNoted(Exception failure) => logger.TechnicianNotNoted(failure);

    public void SweepFailed(Exception failure)
    {
        if (upkeep.Fail(failure) is { } leftOut)
            logger.SweepFailed(leftOut, failure);
    }

    public void SweepWorks() => Succeeded(upkeep, Log.Upkeep);

    public void Erased(int count)
    {
        if (count == 0)
            return;
        erased.Add(count);
        logger.SessionsErased(count);
    }

    public void OrganizationUnknown(string tenant) => logger.OrganizationUnknown(tenant);

    public void OrganizationUnusable(string tenant, string field, string problem) => logger.OrganizationUnusable(tenant, field, problem);

    public void Dispose() => meter.Dispose();

    private void Succeeded(Outage outage, int told)
    {
        if (outage.Succeed() is { } over)
            logger.OutageOver(told, over.Failures, over.Since);
    }

    private void Attempted(string kind, string outcome) => attempts.Add(1, new("kind", kind), new("outcome", outcome));

    // An event of a node whose clock is ahead is not yet to come.
    private static double SecondsSince(DateTimeOffset then, DateTimeOffset now) => Math.Max(0, (now - then).TotalSeconds);
}
