using System.ComponentModel;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Guests;

/// <summary>A session as a guest may see it: no PIN, no link, nothing of other sessions.</summary>
internal sealed record GuestStatusView
{
    public required SessionStatus Status { get; init; }

    [Description("Since when; a status that was left and came back has another moment.")]
    public required DateTimeOffset StatusSince { get; init; }

    public required string CustomerName { get; init; }

    [Description("Who helps; null before somebody does.")]
    public string? Technician { get; init; }

    public SessionEnd? EndReason { get; init; }

    [Description("How far the own visit has come.")]
    public required GuestState Guest { get; init; }

    [Description("When the own visit ends by itself.")]
    public required DateTimeOffset ExpiresAt { get; init; }

    [Description("The guest's own secret while the session is active: what the remote control attaches with.")]
    public HandOverView? HandOver { get; init; }

    public static GuestStatusView Of(Session session, Guest guest, HandOverSecret? secret = null) => new()
    {
        Status = session.Status,
        StatusSince = session.StatusSince,
        CustomerName = session.CustomerName,
        Technician = session.Owner?.Name,
        EndReason = session.End,
        Guest = guest.State,
        ExpiresAt = guest.ExpiresAt,
        HandOver = secret is null ? null : new(secret.Text),
    };
}
