using System.ComponentModel;
using System.Text.Json.Serialization;
using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>A guest as technicians see them.</summary>
internal sealed record GuestView
{
    public required string Id { get; init; }

    [Description("What the technician has called them and, from when they join, what they call themselves.")]
    public required string Name { get; init; }

    [Description("How far the visit has come.")]
    public required GuestState State { get; init; }

    public required TechnicianView InvitedBy { get; init; }

    public required DateTimeOffset InvitedAt { get; init; }

    [Description("When the visit ends by itself.")]
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? JoinedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What the remote control knows this guest by while the session is active; for its owner alone.")]
    public HandOverView? HandOver { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The guest's link; only in the answer that made it.")]
    public string? Link { get; init; }

    public static GuestView Of(Guest guest, HandOverSecret? session = null) => new()
    {
        Id = guest.Id,
        Name = guest.Name,
        State = guest.State,
        InvitedBy = TechnicianView.Of(guest.InvitedBy),
        InvitedAt = guest.InvitedAt,
        ExpiresAt = guest.ExpiresAt,
        JoinedAt = guest.JoinedAt,
        EndedAt = guest.EndedAt,
        HandOver = session is not null && guest.State == GuestState.Joined ? new(session.ForGuest(guest.Id).Text) : null,
    };

    public static IReadOnlyList<GuestView>? Of(Session session, HandOverSecret? handOver) =>
        session.Guests is null ? null : [.. session.Guests.Select(guest => Of(guest, handOver))];
}
