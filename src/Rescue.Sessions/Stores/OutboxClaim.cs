namespace Rescue.Sessions.Stores;

/// <summary>A message that one sender holds.</summary>
/// <param name="Message">The message.</param>
/// <param name="Fence">Grows with every claim of the message: a write with an older one is refused, so that a sender that fell asleep does no harm.</param>
/// <param name="Attempts">How often sending was begun before.</param>
/// <param name="Uncertain">How often sending was begun and no answer was recorded: nobody knows whether the message went out then.</param>
/// <param name="LeaseUntil">Until when the sender holds it.</param>
public sealed record OutboxClaim(OutboxMessage Message, long Fence, int Attempts, int Uncertain, DateTimeOffset LeaseUntil);
