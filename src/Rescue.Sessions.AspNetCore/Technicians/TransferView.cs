using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Transfers;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>An offered session. <c>direction</c> is <c>outgoing</c> for its sender, <c>incoming</c> for its recipient, and null for everybody else.</summary>
internal sealed record TransferView([property: AllowedValues("outgoing", "incoming")] string? Direction, TechnicianView From, string To, DateTimeOffset At)
{
    public static TransferView? Of(TransferOffer? offer, Technician viewer) => offer is null ? null : new(
        offer.From.Id == viewer.Id ? "outgoing" : offer.To == viewer.Id ? "incoming" : null,
        TechnicianView.Of(offer.From),
        offer.To,
        offer.At);
}
