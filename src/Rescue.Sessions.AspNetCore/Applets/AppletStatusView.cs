using System.ComponentModel;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Guests;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Applets;

/// <summary>A session as its customer may see it.</summary>
internal sealed record AppletStatusView(
    SessionStatus Status,
    [property: Description("Since when; a status that was left and came back has another moment.")] DateTimeOffset StatusSince,
    string? Technician,
    SessionEnd? EndReason,
    HandOverView? HandOver = null,
    [property: Description("Who takes part beside the technician; null for nobody.")] IReadOnlyList<string>? Guests = null)
{
    public static AppletStatusView Of(Session session) => new(session.Status, session.StatusSince, session.Owner?.Name, session.End, Guests: GuestsOf(session));

    private static string[]? GuestsOf(Session session)
    {
        string[] names = [.. (session.Guests ?? []).Where(guest => guest.State == GuestState.Joined).Select(guest => guest.Name)];
        return names.Length == 0 ? null : names;
    }
}
