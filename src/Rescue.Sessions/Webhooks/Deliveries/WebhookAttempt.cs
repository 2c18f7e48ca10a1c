using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Webhooks.Deliveries;

/// <summary>One attempt to deliver a message.</summary>
/// <param name="Answer">What came of it.</param>
/// <param name="WasAsked">Whether it was the receiver who answered, and not the service itself that sent nothing.</param>
internal sealed record WebhookAttempt(WebhookAnswer Answer, bool WasAsked = true)
{
    /// <summary>Whether there is no other attempt.</summary>
    public bool IsFinal => Answer.IsDelivered || Answer.IsGone || !WasAsked;
}
