namespace Rescue.Sessions.Lifecycle;

/// <summary>One row of the life table: in status <paramref name="From"/>, <paramref name="Trigger"/> leads to <paramref name="To"/>.</summary>
/// <param name="From">The status before.</param>
/// <param name="Trigger">What happens.</param>
/// <param name="To">The status after; null leads back to the status before the interruption.</param>
/// <param name="Actor">Who may cause it.</param>
/// <param name="End">The reason, when the session closes. Instead of <see cref="SessionEnd.ByCustomer"/> it is <see cref="SessionEnd.ByWaitingCustomer"/> while nobody has picked the customer up.</param>
public sealed record SessionTransition(
    SessionStatus From,
    SessionTrigger Trigger,
    SessionStatus? To,
    SessionActor Actor,
    SessionEnd? End = null)
{
    /// <summary>Which technician may, where <see cref="Actor"/> is one. The same in every row of a trigger.</summary>
    internal TechnicianRole Role { get; init; }
}
