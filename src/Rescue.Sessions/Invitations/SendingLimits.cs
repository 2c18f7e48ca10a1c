using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Invitations;

/// <summary>Limits how many codes a technician issues and how many messages one address gets. Thread-safe.</summary>
internal sealed class SendingLimits(ILimitStore store, IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time)
{
    /// <summary>Takes one from each limit that applies; when one is spent, none is taken.</summary>
    /// <returns>Null when it was taken; otherwise after how long to try again.</returns>
    public ValueTask<TimeSpan?> TryTakeAsync(Technician technician, EmailDelivery? delivery, string? to, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var issuer = Limit.KeyOf("issue", $"{technician.Tenant}\n{technician.Id}");
        ImmutableArray<Limit> limits = [new(issuer, settings.Codes.IssueLimit, settings.Codes.IssueWindow)];
        // A draft leaves the technician's own mailbox, whose provider limits it.
        if (delivery == EmailDelivery.OnMyBehalf && to is not null)
        {
            var recipient = Limit.KeyOf("recipient", NormalForm.ForCustomer(to));
            limits = limits.Add(new(recipient, settings.Invitations.RecipientLimit, settings.Invitations.RecipientWindow));
        }

        return limits.All(limit => limit.Most == 0) ? default : store.TryTakeAsync(limits, time.GetUtcNow(), cancellationToken);
    }
}
