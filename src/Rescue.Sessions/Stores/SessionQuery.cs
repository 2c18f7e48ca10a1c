using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>Which sessions of a tenant to list, newest first.</summary>
public sealed record SessionQuery
{
    /// <summary>The most sessions in one page.</summary>
    public const int MaxLimit = 200;

    /// <summary>The tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The statuses wanted; empty for all.</summary>
    public IReadOnlyCollection<SessionStatus> Statuses { get; init; } = [];

    /// <summary>
    /// Text that the customer's name, the reference or the topic of their request holds, ignoring case; null for any. One that no index finds, such as one
    /// of one or two characters, may be looked for among the newest sessions alone.
    /// </summary>
    public string? Search { get; init; }

    /// <summary>
    /// Only sessions with this reference, the whole of it, ignoring case; null or empty for any. One of a single character may be looked for among the newest
    /// sessions alone.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>Only sessions of this person: the customer's whole name or whole address, ignoring case; null for any.</summary>
    public string? Customer { get; init; }

    /// <summary>Only sessions in which the technician with this id has a part: they own it, have made it and nobody owns it, or it is offered to them; and those that nobody has made or owns. Null for any.</summary>
    public string? Technician { get; init; }

    /// <summary>The last session of the page before; null for the first page.</summary>
    public SessionId? After { get; init; }

    /// <summary>The most sessions to return, 1 to 200.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"SessionQuery of {Tenant}";
}
