namespace Rescue.Sessions.Webhooks;

/// <summary>A webhook with its present secret, which is told when it is made and never again.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">The secret.</param>
public sealed record NewWebhook(Webhook Webhook, WebhookSecret Secret);
