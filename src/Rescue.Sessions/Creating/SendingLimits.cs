using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Creating;

/// <summary>Limits how many codes a technician issues, how many messages one address gets, and to how many addresses a technician has the service write. Thread-safe.</summary>
internal sealed class SendingLimits(ILimitStore store, IOptionsMonitor<ICreatingOptions> options, TimeProvider time)
{
    // A flood to one mailbox is one whoever sends it; but no tenant alone may keep another from writing to a customer whom both have.
    private const int TenantsWorth = 5;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>Takes one from each limit that applies; when one is spent, none is taken.</summary>
    /// <returns>Null when it was taken; otherwise after how long to try again.</returns>
    public async ValueTask<TimeSpan?> TryTakeAsync(Technician technician, EmailDelivery? delivery, string? to, CancellationToken cancellationToken)
    {
        var limits = Always(technician, delivery, to);
        var most = options.CurrentValue.Invitations.DistinctRecipients;
        if (delivery != EmailDelivery.OnMyBehalf || to is null || most == 0)
            return await TakeAsync(limits, cancellationToken).ConfigureAwait(false);

        var (sender, recipient) = (SenderOf(technician), NormalForm.ForCustomer(to));
        // Only the first message to an address takes from the limit on addresses. Whether it is the first is looked at, and taken together with that limit
        // alone: an address must not count as known to anybody before it was counted.
        ImmutableArray<Limit> first = [new(Limit.KeyOf("pair", $"{sender}\n{recipient}"), 1, OneDay)];
        if (!await IsKnownAsync(first, cancellationToken).ConfigureAwait(false))
        {
            var retryAfter = await TakeAsync(
                [.. limits, .. first, new(Limit.KeyOf("recipients", sender), most, OneDay)], cancellationToken).ConfigureAwait(false);
            // Somebody may have been first in between.
            if (retryAfter is null || !await IsKnownAsync(first, cancellationToken).ConfigureAwait(false))
                return retryAfter;
        }

        return await TakeAsync(limits, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives back what was taken for what is not sent. That an address is no longer new stays taken by whoever was first: others may have gone by it meanwhile.</summary>
    public ValueTask ReturnAsync(Technician technician, EmailDelivery? delivery, string? to, CancellationToken cancellationToken)
    {
        var taken = Always(technician, delivery, to);
        return taken.All(limit => limit.Most == 0) ? default : store.ReturnAsync(taken, time.GetUtcNow(), cancellationToken);
    }

    private ImmutableArray<Limit> Always(Technician technician, EmailDelivery? delivery, string? to)
    {
        var (codes, invitations) = (options.CurrentValue.Codes, options.CurrentValue.Invitations);
        ImmutableArray<Limit> limits = [new(Limit.KeyOf("issue", SenderOf(technician)), codes.IssueLimit, codes.IssueWindow)];
        // A draft leaves the technician's own mailbox, whose provider limits it.
        if (delivery != EmailDelivery.OnMyBehalf || to is null)
            return limits;
        var (recipient, most) = (NormalForm.ForCustomer(to), invitations.RecipientLimit);
        return limits.AddRange(
            new Limit(Limit.KeyOf("tenant-recipient", $"{technician.Tenant}\n{recipient}"), most, invitations.RecipientWindow),
            new Limit(Limit.KeyOf("recipient", recipient), (int)Math.Min((long)most * TenantsWorth, int.MaxValue), invitations.RecipientWindow));
    }

    private async ValueTask<bool> IsKnownAsync(ImmutableArray<Limit> first, CancellationToken cancellationToken) =>
        await store.FindRetryAfterAsync(first, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not null;

    private static string SenderOf(Technician technician) => $"{technician.Tenant}\n{technician.Id}";

    private ValueTask<TimeSpan?> TakeAsync(ImmutableArray<Limit> limits, CancellationToken cancellationToken) =>
        limits.All(limit => limit.Most == 0) ? default : store.TryTakeAsync(limits, time.GetUtcNow(), cancellationToken);
}
