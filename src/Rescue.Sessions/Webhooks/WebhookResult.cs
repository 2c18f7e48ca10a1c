using System.Collections.Immutable;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Webhooks;

/// <summary>
/// The answer to an administrator who works with webhooks: <see cref="Done"/>, <see cref="NotFound"/>, <see cref="Invalid"/>, <see cref="TooMany"/> or
/// <see cref="Forbidden"/>.
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

    /// <summary>Nothing was saved: the values have problems.</summary>
    /// <param name="Problems">All of them.</param>
    public sealed record Invalid(ImmutableArray<FieldProblem> Problems) : WebhookResult<TValue>;

    /// <summary>Nothing was saved: the tenant has as many webhooks as it may.</summary>
    /// <param name="Limit">How many that are.</param>
    public sealed record TooMany(int Limit) : WebhookResult<TValue>;

    /// <summary>The technician lacks the right to manage settings.</summary>
    /// <param name="Decision">Every missing right.</param>
    public sealed record Forbidden(PermissionDecision Decision) : WebhookResult<TValue>;
}
