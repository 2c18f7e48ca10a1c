namespace Rescue.Sessions.Permissions;

/// <summary>One right that a technician lacks, and where that was decided.</summary>
/// <param name="Right">The right.</param>
/// <param name="Reason">How it came about.</param>
/// <param name="DecidedBy">The group that decided, or null when no group did.</param>
public sealed record MissingRight(ConnectionRight Right, MissingRightReason Reason, string? DecidedBy = null);
