using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Invitations;

/// <summary>Limits how many codes a technician issues, how many messages one address gets, and to how many addresses a technician has the service write. Thread-safe.</summary>
internal sealed class SendingLimits(ILimitStore store, IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>Takes one from each limit that applies; when one is spent, none is taken.</summary>
    /// <returns>Null when it was taken; otherwise after how long to try again.</returns>
    public async ValueTask<TimeSpan?> TryTakeAsync(Technician technician, EmailDelivery? delivery, string? to, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var sender = $"{technician.Tenant}\n{technician.Id}";
        ImmutableArray<Limit> limits = [new(Limit.KeyOf("issue", sender), settings.Codes.IssueLimit, settings.Codes.IssueWindow)];
        // A draft leaves the technician's own mailbox, whose provider limits it.
        if (delivery != EmailDelivery.OnMyBehalf || to is null)
            return await TakeAsync(limits, cancellationToken).ConfigureAwait(false);

        var recipient = NormalForm.ForCustomer(to);
        var invitations = settings.Invitations;
        limits = limits.Add(new(Limit.KeyOf("recipient", recipient), invitations.RecipientLimit, invitations.RecipientWindow));
        if (invitations.DistinctRecipients == 0)
            return await TakeAsync(limits, cancellationToken).ConfigureAwait(false);

        // Only the first message to an address takes from the limit on addresses: a limit of one knows whether it is the first.
        ImmutableArray<Limit> first = [new(Limit.KeyOf("pair", $"{sender}\n{recipient}"), 1, OneDay)];
        if (await store.TryTakeAsync(first, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not null)
            return await TakeAsync(limits, cancellationToken).ConfigureAwait(false);
        limits = limits.Add(new(Limit.KeyOf("recipients", sender), invitations.DistinctRecipients, OneDay));
        var retryAfter = await TakeAsync(limits, cancellationToken).ConfigureAwait(false);
        if (retryAfter is not null)
            await store.ReturnAsync(first, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        return retryAfter;
    }

    private ValueTask<TimeSpan?> TakeAsync(ImmutableArray<Limit> limits, CancellationToken cancellationToken) =>
        limits.All(limit => limit.Most == 0) ? default : store.TryTakeAsync(limits, time.GetUtcNow(), cancellationToken);
}
