using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Transfers;

/// <summary>A session that one technician has offered to another. The sender sees it as outgoing, the recipient as incoming.</summary>
/// <param name="From">Who offers.</param>
/// <param name="To">The id of the technician to whom it is offered.</param>
/// <param name="At">When it was offered.</param>
/// <param name="OfferedIn">The status to which the session goes back if it is not accepted.</param>
public sealed record TransferOffer(TechnicianReference From, string To, DateTimeOffset At, SessionStatus OfferedIn);
