using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>
/// A refusal in the form of problem details (RFC 9457). <c>code</c> is for programs, the rest for people; where a session's state is the reason,
/// it stands in <c>sessionStatus</c>.
/// </summary>
internal sealed record Problem
{
    public required string Title { get; init; }

    /// <summary>The HTTP status, filled in when the answer is made.</summary>
    public int Status { get; init; }

    public required ProblemCode Code { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public IReadOnlyList<ConnectionRight>? MissingRights { get; init; }

    public IReadOnlyList<MissingRight>? Decisions { get; init; }

    public SessionStatus? SessionStatus { get; init; }

    public SessionEnd? EndReason { get; init; }

    public IReadOnlyList<SessionTrigger>? Permitted { get; init; }

    public TechnicianView? StartedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int? Capacity { get; init; }

    public TechnicianPresence? Presence { get; init; }

    public IReadOnlyList<TemplateProblem>? Problems { get; init; }

    public long? Version { get; init; }

    public TechnicianView? SavedBy { get; init; }

    public DateTimeOffset? SavedAt { get; init; }
}
