namespace Rescue.Sessions.Permissions;

/// <summary>A policy's answer, which explains itself.</summary>
/// <param name="Missing">Every right that is missing, in the order asked; empty when the action is allowed.</param>
public sealed record PermissionDecision(IReadOnlyList<MissingRight> Missing)
{
    /// <summary>The answer that allows.</summary>
    public static PermissionDecision Allowed { get; } = new([]);

    /// <summary>Whether nothing is missing.</summary>
    public bool IsAllowed => Missing.Count == 0;

    /// <summary>The decision in words, for a log.</summary>
    public override string ToString() => IsAllowed
        ? "allowed"
        : "missing " + string.Join(", ", Missing.Select(missing => $"{missing.Right} ({missing.Reason}{(missing.DecidedBy is { } group ? $" by '{group}'" : "")})"));
}
