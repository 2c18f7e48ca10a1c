using Microsoft.Extensions.Options;
using Rescue.Sessions.Joining;

namespace Rescue.Sessions.Invitations;

/// <summary>Limits how many codes a technician issues and how many messages one address gets. Thread-safe.</summary>
internal sealed class SendingLimits(IOptionsMonitor<RescueSessionsOptions> options, TimeProvider time)
{
    private readonly SlidingCounter<(string Tenant, string Technician)> perTechnician = new(time);
    private readonly SlidingCounter<string> perRecipient = new(time);

    /// <summary>Takes one from each limit that applies; when one is spent, none is taken.</summary>
    public bool TryTake(Technician technician, EmailDelivery? delivery, string? to, out TimeSpan retryAfter)
    {
        var settings = options.CurrentValue;
        var issuer = (technician.Tenant, technician.Id);
        if (!perTechnician.TryTake(issuer, settings.Codes.IssueLimit, settings.Codes.IssueWindow, out retryAfter))
            return false;
        // A draft leaves the technician's own mailbox, whose provider limits it.
        if (delivery != EmailDelivery.OnMyBehalf || to is null)
            return true;
        var limits = settings.Invitations;
        if (perRecipient.TryTake(to.Trim().ToUpperInvariant(), limits.RecipientLimit, limits.RecipientWindow, out retryAfter))
            return true;
        perTechnician.Return(issuer);
        return false;
    }
}
