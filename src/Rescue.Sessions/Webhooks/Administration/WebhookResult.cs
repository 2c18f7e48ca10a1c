namespace Rescue.Sessions.Webhooks;

/// <summary>
/// The answer to an administrator who works with webhooks: <see cref="Done"/>, <see cref="NotFound"/>, <see cref="AtLimit"/> or <see cref="Refused"/>.
/// </summary>
/// <typeparam name="TValue">What was asked for.</typeparam>
public abstract record WebhookResult<TValue>
{
    private WebhookResult()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Value">What was asked for.</param>
    public sealed record Done(TValue Value) : WebhookResult<TValue>;

    /// <summary>The tenant has no such webhook, or the webhook no such delivery.</summary>
    public sealed record NotFound : WebhookResult<TValue>;

    /// <summary>Nothing was saved: the tenant has as many webhooks as it may.</summary>
    /// <param name="Limit">How many that are.</param>
    public sealed record AtLimit(int Limit) : WebhookResult<TValue>;

    /// <summary>It was refused; nothing is saved.</summary>
    /// <param name="Reason">Why: <see cref="Refusal.Forbidden"/> or <see cref="Refusal.Invalid"/>.</param>
    public sealed record Refused(Refusal Reason) : WebhookResult<TValue>;
}
