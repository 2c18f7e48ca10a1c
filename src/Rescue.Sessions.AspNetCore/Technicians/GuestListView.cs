namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record GuestListView(IReadOnlyList<GuestView> Items);
