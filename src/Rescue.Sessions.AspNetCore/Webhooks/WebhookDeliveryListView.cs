namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>Messages, the latest first.</summary>
/// <param name="Deliveries">The messages.</param>
/// <param name="Next">What to give as <c>before</c> for those before them; null when there are none.</param>
internal sealed record WebhookDeliveryListView(IReadOnlyList<WebhookDeliveryView> Deliveries, string? Next);
