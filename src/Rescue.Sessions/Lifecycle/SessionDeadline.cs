namespace Rescue.Sessions.Lifecycle;

/// <summary>What happens to a session by itself, and when.</summary>
/// <param name="At">The moment from which it counts as having happened.</param>
/// <param name="Trigger">What happens then.</param>
public readonly record struct SessionDeadline(DateTimeOffset At, SessionTrigger Trigger);
