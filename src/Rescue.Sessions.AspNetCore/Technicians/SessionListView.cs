namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>A page of sessions, newest first; <c>next</c> goes into <c>after</c> of the next request and is left out on the last page.</summary>
internal sealed record SessionListView(IReadOnlyList<SessionView> Items, string? Next);
