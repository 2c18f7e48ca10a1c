using System.Diagnostics;
using System.Text.Json;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Sms;

/// <summary>Sends stored invitations by SMS. What is stored is whole, so a repeat is the same.</summary>
internal sealed class SmsOutboxHandler(IEnumerable<ISmsDispatcher> dispatchers, OrganizationDirectory organizations) : OutboxHandler
{
    public const string MessageKind = "sms";

    private const string NoGateway = "This service has no gateway to send an SMS through any more. Register an ISmsDispatcher.";

    // The last one registered, as with any service of which one is asked for.
    private readonly ISmsDispatcher? dispatcher = dispatchers.LastOrDefault();

    public override string Kind => MessageKind;

    public override bool SendsInvitations => true;

    public override async Task<OutboxOutcome> SendAsync(OutboxDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (dispatcher is null)
            return Held(NoGateway);
        var stored = JsonSerializer.Deserialize(delivery.Payload.Span, StoredSmsContext.Default.StoredSms)
            ?? throw new JsonException("A stored text is an object, not null.");
        var message = new SmsMessage
        {
            Id = stored.Id,
            To = PhoneNumber.Parse(stored.To),
            Text = stored.Text,
            Language = stored.Language,
            Tenant = stored.Tenant,
            Session = delivery.Session,
            Organization = await organizations.FindAsync(stored.Tenant, cancellationToken).ConfigureAwait(false),
        };
        return await dispatcher.DispatchAsync(message, cancellationToken).ConfigureAwait(false) switch
        {
            SmsDispatchResult.Accepted => new(OutboxOutcomeKind.Sent),
            SmsDispatchResult.Rejected rejected => new(OutboxOutcomeKind.Rejected, SmsReason.Mask(rejected.Reason)),
            SmsDispatchResult.Deferred deferred => new(OutboxOutcomeKind.Deferred, SmsReason.Mask(deferred.Reason)),
            SmsDispatchResult.NotSent notSent => Held(SmsReason.Mask(notSent.Reason)),
            SmsDispatchResult.Unknown unknown => new(OutboxOutcomeKind.Unknown, SmsReason.Mask(unknown.Reason)),
            _ => throw new UnreachableException(),
        };
    }

    private static OutboxOutcome Held(string reason) => new(OutboxOutcomeKind.Deferred, reason) { IsHeld = true };
}
