using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Sms;

/// <summary>Sends stored invitations by SMS. What is stored is whole, so a repeat is the same.</summary>
internal sealed class SmsOutboxHandler(IEnumerable<ISmsDispatcher> dispatchers, SmsOrganizations organizations) : OutboxHandler
{
    public const string MessageKind = "sms";

    private const string NoGateway = "This service has no gateway to send an SMS through any more. Register an ISmsDispatcher.";

    private const string NoOrganization = "This text's organisation cannot be looked up at present.";

    // The last one registered, as with any service of which one is asked for.
    private readonly ISmsDispatcher? dispatcher = dispatchers.LastOrDefault();

    public override string Kind => MessageKind;

    public override bool SendsInvitations => true;

    public override async Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (dispatcher is null)
            return new OutboxOutcome.NotSent(NoGateway);
        var stored = StoredSms.FromUtf8Bytes(payload.Span);
        // Whose text it is cannot be told yet, which is no fault of the text.
        if (await organizations.FindAsync(stored.Tenant, cancellationToken).ConfigureAwait(false) is not { } organization)
            return new OutboxOutcome.NotSent(NoOrganization);
        var message = new SmsMessage
        {
            Id = stored.Id,
            To = PhoneNumber.Parse(stored.To),
            Text = stored.Text,
            Language = stored.Language,
            Tenant = stored.Tenant,
            Session = session,
            Organization = organization,
        };
        var outcome = await dispatcher.DispatchAsync(message, cancellationToken).ConfigureAwait(false);
        return outcome is OutboxOutcome.Accepted ? outcome : outcome with { Reason = SmsReason.Mask(outcome.Reason) };
    }
}
