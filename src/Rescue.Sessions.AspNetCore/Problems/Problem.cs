using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>
/// A refusal in the form of problem details (RFC 9457). Where a session's state is the reason, <c>status</c> is the session's status, as the
/// HTTP surface promises; the HTTP status is in the status line, and RFC 9457 section 3.1.2 makes the member advisory.
/// </summary>
internal sealed record Problem
{
    public required string Title { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public IReadOnlyList<ConnectionRight>? MissingRights { get; init; }

    public IReadOnlyList<MissingRight>? Decisions { get; init; }

    public SessionStatus? Status { get; init; }

    public SessionEnd? EndReason { get; init; }

    public IReadOnlyList<SessionTrigger>? Permitted { get; init; }

    public TechnicianView? StartedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string? Reason { get; init; }

    public int? Capacity { get; init; }

    public TechnicianPresence? Presence { get; init; }

    public IReadOnlyList<TemplateProblemView>? Problems { get; init; }

    public long? Version { get; init; }

    public TechnicianView? SavedBy { get; init; }

    public DateTimeOffset? SavedAt { get; init; }
}
