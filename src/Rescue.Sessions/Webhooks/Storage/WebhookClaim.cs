namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>A message that one sender holds.</summary>
/// <param name="Delivery">The message; its lease ends at <see cref="WebhookDelivery.DueAt"/>.</param>
/// <param name="Fence">Grows with every claim: a result under an older one is refused, so that a sender that fell asleep does no harm.</param>
public sealed record WebhookClaim(WebhookDelivery Delivery, long Fence);
