namespace Rescue.Sessions.Webhooks;

/// <summary>A webhook with its present secret, which is told when it is made and never again.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">The secret as the receiver is given it: <c>whsec_</c> and base64 of 32 random bytes.</param>
public sealed record NewWebhook(Webhook Webhook, string Secret)
{
    /// <summary>No secret, for it may come into a log.</summary>
    public override string ToString() => $"NewWebhook {Webhook.Id}";
}
