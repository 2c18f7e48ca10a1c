namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record ColleagueListView(IReadOnlyList<ColleagueView> Items);
