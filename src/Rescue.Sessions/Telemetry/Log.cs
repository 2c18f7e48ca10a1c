using Microsoft.Extensions.Logging;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Telemetry;

internal static partial class Log
{
    /// <summary>The events that tell of an outage.</summary>
    public const int Sending = 7;
    public const int Upkeep = 8;
    public const int Streams = 14;
    public const int Subscriptions = 33;
    public const int Webhooks = 36;

    [LoggerMessage(1, LogLevel.Information, "Session {Session} was made by technician {Technician}")]
    public static partial void SessionCreated(this ILogger logger, SessionId session, string technician);

    [LoggerMessage(2, LogLevel.Information, "A session was refused for want of rights: {Rights}")]
    public static partial void CreateForbidden(this ILogger logger, string rights);

    [LoggerMessage(3, LogLevel.Information, "Session {Session}: {Trigger} led to {Status}")]
    public static partial void SessionChanged(this ILogger logger, SessionId session, SessionTrigger trigger, SessionStatus status);

    [LoggerMessage(4, LogLevel.Information, "A code did not lead to a session: {Reason}")]
    public static partial void JoinRefused(this ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Too many wrong PINs came of late; typed PINs are not looked at for a while")]
    public static partial void GuessesSpent(this ILogger logger);

    [LoggerMessage(18, LogLevel.Warning, "Session {Session} of technician {Technician} was declined: its customer did not ask for it")]
    public static partial void NotAskedFor(this ILogger logger, SessionId session, string technician);

    [LoggerMessage(20, LogLevel.Information, "Session {Session} was made by its customer, who asked for help")]
    public static partial void SessionRequested(this ILogger logger, SessionId session);

    [LoggerMessage(21, LogLevel.Warning, "Help was asked for too often of late; requests are not taken for a while")]
    public static partial void RequestsSpent(this ILogger logger);

    [LoggerMessage(15, LogLevel.Information, "A stored message of kind {Kind} of session {Session} was sent")]
    public static partial void OutboxSent(this ILogger logger, string kind, SessionId session);

    [LoggerMessage(EventId = 6, Message = "A stored message of kind {Kind} of session {Session} was attempted: {Outcome}. {Reason}")]
    public static partial void OutboxAttempted(this ILogger logger, LogLevel level, string kind, SessionId session, string outcome, string reason);

    [LoggerMessage(
        26,
        LogLevel.Warning,
        "Nothing here sends messages of kind {Kind}: they are left to another node that does. Where there is none, register what sends them, as AddEmail and AddSms do, or an OutboxHandler")]
    public static partial void OutboxLeft(this ILogger logger, string kind);

    [LoggerMessage(Sending, LogLevel.Error, "Sending stored messages failed; they stay stored and are tried again. Failures left out before this one: {LeftOut}")]
    public static partial void OutboxFailed(this ILogger logger, int leftOut, Exception failure);

    [LoggerMessage(9, LogLevel.Error, "The handler of messages of kind {Kind} failed with {ExceptionType}; the message is tried again")]
    public static partial void HandlerFailed(this ILogger logger, string kind, string exceptionType);

    [LoggerMessage(Upkeep, LogLevel.Error, "Time-outs could not be recorded; they are tried again. Failures left out before this one: {LeftOut}")]
    public static partial void SweepFailed(this ILogger logger, int leftOut, Exception failure);

    [LoggerMessage(10, LogLevel.Information, "{Count} ended sessions were erased")]
    public static partial void SessionsErased(this ILogger logger, int count);

    [LoggerMessage(12, LogLevel.Error, "A secret of session {Session} cannot be opened: the key that sealed it is missing from Codes.Keys")]
    public static partial void Unopened(this ILogger logger, SessionId session, Exception failure);

    [LoggerMessage(13, LogLevel.Warning, "Key {Key} is no longer in Codes.Keys: codes that were made under it alone are taken for wrong ones from now on")]
    public static partial void KeyRemoved(this ILogger logger, string key);

    [LoggerMessage(Streams, LogLevel.Warning, "The store failed under an event stream, which waits until it is back. Failures left out before this one: {LeftOut}")]
    public static partial void StreamWaits(this ILogger logger, int leftOut, Exception failure);

    [LoggerMessage(16, LogLevel.Warning, "It could not be stored that a technician was seen; it is tried again in some minutes")]
    public static partial void TechnicianNotNoted(this ILogger logger, Exception failure);

    [LoggerMessage(24, LogLevel.Information,
        "Tenant {Tenant} has no organisation of its own, as others have, so its customers meet the product's. If the name is mistyped, correct it where the host makes the technician")]
    public static partial void OrganizationUnknown(this ILogger logger, string tenant);

    [LoggerMessage(19, LogLevel.Warning, "What is set for the organisation of tenant {Tenant} in {Field} cannot be used, so the product's holds. {Problem}")]
    public static partial void OrganizationUnusable(this ILogger logger, string tenant, string field, string problem);

    [LoggerMessage(30, LogLevel.Information, "This node works the subscription {Subscription}")]
    public static partial void SubscriptionTaken(this ILogger logger, string subscription);

    [LoggerMessage(31, LogLevel.Warning, "Another node has taken the subscription {Subscription}; what this one was handling may be handled twice")]
    public static partial void SubscriptionLost(this ILogger logger, string subscription);

    [LoggerMessage(32, LogLevel.Error, "The subscription {Subscription} came to a stand; it is taken up again")]
    public static partial void SubscriptionFailed(this ILogger logger, string subscription, Exception failure);

    [LoggerMessage(Subscriptions, LogLevel.Error, "The store failed under the subscriptions, which wait until it is back. Failures left out before this one: {LeftOut}")]
    public static partial void SubscriptionsWait(this ILogger logger, int leftOut, Exception failure);

    [LoggerMessage(34, LogLevel.Warning, "The subscription {Subscription} could not handle event {Sequence} of session {Session}: {ExceptionType}; it is tried again")]
    public static partial void EventNotHandled(this ILogger logger, string subscription, long sequence, SessionId session, string exceptionType);

    [LoggerMessage(35, LogLevel.Error, "The subscription {Subscription} has parked event {Sequence} of session {Session}, which failed too often")]
    public static partial void EventParked(this ILogger logger, string subscription, long sequence, SessionId session);

    [LoggerMessage(Webhooks, LogLevel.Error, "Sending to webhooks failed; what is queued stays queued and is tried again. Failures left out before this one: {LeftOut}")]
    public static partial void WebhooksFailed(this ILogger logger, int leftOut, Exception failure);

    [LoggerMessage(37, LogLevel.Warning, "The webhook {Webhook} of tenant {Tenant} is disabled: its receiver answered 410")]
    public static partial void WebhookDisabled(this ILogger logger, string webhook, string tenant);

    [LoggerMessage(38, LogLevel.Warning, "The webhook {Webhook} has given up a message about session {Session}; its log says why")]
    public static partial void WebhookGaveUp(this ILogger logger, string webhook, SessionId session);

    [LoggerMessage(39, LogLevel.Error, "A secret of the webhook {Webhook} of tenant {Tenant} cannot be opened: the key that sealed it is missing from Codes.Keys")]
    public static partial void WebhookUnopened(this ILogger logger, string webhook, string tenant, Exception failure);

    [LoggerMessage(40, LogLevel.Error, "It could not be looked which secrets of webhooks a former key has sealed; it is tried again in a minute")]
    public static partial void WebhooksNotSealed(this ILogger logger, Exception failure);

    [LoggerMessage(41, LogLevel.Information, "What event {Event} told of is over: nothing has failed so for two minutes, after {Failures} failures since {Since:O}")]
    public static partial void OutageOver(this ILogger logger, int @event, int failures, DateTimeOffset since);

    [LoggerMessage(42, LogLevel.Error, "The webhooks of tenant {Tenant} cannot be read, so that none of their secrets is sealed anew: the setting is damaged, or was written by a later version")]
    public static partial void WebhooksDamaged(this ILogger logger, string tenant, Exception failure);

    [LoggerMessage(43, LogLevel.Warning, "Texts of tenant {Tenant} wait and are tried again: its organisation could not be looked up ({ExceptionType}). Unless the store is away, see to FindOrganization")]
    public static partial void OrganizationMissing(this ILogger logger, string tenant, string exceptionType);

    [LoggerMessage(44, LogLevel.Information, "The organisation of tenant {Tenant}, for which texts had waited since {Since:O}, can be looked up again")]
    public static partial void OrganizationFound(this ILogger logger, string tenant, DateTimeOffset since);
}
