using System.Diagnostics;
using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Email;

/// <summary>Sends stored invitations. The stored message is whole, so a repeat is the same to the byte.</summary>
internal sealed class EmailOutboxHandler(EmailDispatchers dispatchers, MailRelay relay) : OutboxHandler
{
    public const string MessageKind = "email";

    public override string Kind => MessageKind;

    public override bool SendsInvitations => true;

    public override async Task<OutboxOutcome> SendAsync(OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var message = EmailMessageJson.FromUtf8Bytes(delivery.Payload.Span);
        if (relay.HoldFor(message.From) is { } reason)
            return Held(reason);
        var result = await dispatchers.For(EmailDelivery.OnMyBehalf).DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        relay.Note(message.From, result);
        return result switch
        {
            DispatchResult.Accepted => new(OutboxOutcomeKind.Sent),
            DispatchResult.Rejected rejected => new(OutboxOutcomeKind.Rejected, $"{rejected.Code} {rejected.Reason}"),
            DispatchResult.Deferred deferred => new(OutboxOutcomeKind.Deferred, $"{deferred.Code} {deferred.Reason}"),
            DispatchResult.NotSent { CanRetry: true } notSent => new(OutboxOutcomeKind.Deferred, notSent.Reason),
            DispatchResult.NotSent notSent => Held(notSent.Reason),
            DispatchResult.Unknown unknown => new(OutboxOutcomeKind.Unknown, unknown.Reason),
            DispatchResult.Drafted => new(OutboxOutcomeKind.Rejected, "The dispatcher for OnMyBehalf made a draft instead of sending."),
            _ => throw new UnreachableException(),
        };
    }

    private static OutboxOutcome Held(string reason) => new(OutboxOutcomeKind.Deferred, reason) { IsHeld = true };
}
