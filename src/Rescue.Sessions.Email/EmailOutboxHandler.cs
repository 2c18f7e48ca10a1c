using System.Diagnostics;
using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Email;

/// <summary>Sends stored invitations. The stored message is whole, so a repeat is the same to the byte.</summary>
internal sealed class EmailOutboxHandler(
    EmailDispatchers dispatchers, MailRelay relay, MissingOrganizations missing, ISessionStore store, OrganizationDirectory organizations) : OutboxHandler
{
    public const string MessageKind = "email";

    private const string NoMailServer = "This service has no mail server to send through any more. Call UseSmtp(...), or register an IEmailDispatcher.";

    private const string NoOrganization = "This message's organisation cannot be looked up at present.";

    public override string Kind => MessageKind;

    public override bool SendsInvitations => true;

    // Where all messages take one way, none need be read to find it.
    public override bool HasLanes { get; } = dispatchers.Find(EmailDelivery.OnMyBehalf) is { } dispatcher && EmailDispatchers.NamesWays(dispatcher);

    public override async ValueTask<string> FindLaneAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var dispatcher = dispatchers.For(EmailDelivery.OnMyBehalf);
        var message = await HandOverAsync(dispatcher, EmailMessageJson.FromUtf8Bytes(payload.Span), cancellationToken).ConfigureAwait(false);
        return dispatcher.LaneOf(message) ?? "";
    }

    public override async Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (dispatchers.Find(EmailDelivery.OnMyBehalf) is not { } dispatcher)
            return new OutboxOutcome.NotSent(NoMailServer);
        var message = EmailMessageJson.FromUtf8Bytes(payload.Span);
        if (message.Session is null)
            message = await CompleteAsync(message, session, cancellationToken).ConfigureAwait(false);
        try
        {
            message = await HandOverAsync(dispatcher, message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whose mail it is says which way it takes; that cannot be told yet, and it is no fault of the message.
            missing.Miss(message.Tenant, failure);
            return new OutboxOutcome.NotSent(NoOrganization);
        }

        var lane = dispatcher.LaneOf(message) ?? "";
        if (relay.HoldFor(lane, message.From) is { } reason)
            return new OutboxOutcome.NotSent(reason);
        var result = await dispatcher.DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        relay.Note(lane, message.From, result);
        return result switch
        {
            DispatchResult.Accepted => new OutboxOutcome.Accepted(),
            DispatchResult.Rejected rejected => new OutboxOutcome.Rejected($"{rejected.Code} {rejected.Reason}"),
            // A server that is away, or closes its door, says as little of the message as a wrong setting.
            DispatchResult.Deferred { IsMessageKnown: false } busy => new OutboxOutcome.NotSent($"{busy.Code} {busy.Reason}") { RetryAfter = busy.RetryAfter },
            DispatchResult.Deferred deferred => new OutboxOutcome.Deferred($"{deferred.Code} {deferred.Reason}") { RetryAfter = deferred.RetryAfter },
            DispatchResult.NotSent { CanRetry: true, IsMessageKnown: true } broken => new OutboxOutcome.Deferred(broken.Reason),
            DispatchResult.NotSent notSent => new OutboxOutcome.NotSent(notSent.Reason),
            DispatchResult.Unknown unknown => new OutboxOutcome.Unknown(unknown.Reason),
            DispatchResult.Drafted => new OutboxOutcome.Rejected("The dispatcher for OnMyBehalf made a draft instead of sending."),
            _ => throw new UnreachableException(),
        };
    }

    // The version before stored no more than what goes over the wire.
    private async Task<EmailMessage> CompleteAsync(EmailMessage message, SessionId id, CancellationToken cancellationToken) =>
        await store.FindAsync(SessionSelector.ById(id), cancellationToken).ConfigureAwait(false) is { Session: var session }
            ? message with { Tenant = session.Tenant, Session = id, Reference = session.Reference }
            : message;

    // One mail server has nothing to choose.
    private async ValueTask<EmailMessage> HandOverAsync(IEmailDispatcher dispatcher, EmailMessage message, CancellationToken cancellationToken)
    {
        if (!EmailDispatchers.Chooses(dispatcher))
            return message;
        var organization = await organizations.FindAsync(message.Tenant, cancellationToken).ConfigureAwait(false);
        missing.Find(message.Tenant);
        return message with { Organization = organization };
    }
}
