using System.Globalization;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>A message to a receiver, and what has become of it.</summary>
internal sealed record WebhookDeliveryView
{
    public required string Id { get; init; }

    /// <summary>The header <c>webhook-id</c>.</summary>
    public required string MessageId { get; init; }

    public required string Type { get; init; }

    public required string SessionId { get; init; }

    public required WebhookDeliveryState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public required int Attempts { get; init; }

    public DateTimeOffset? AttemptedAt { get; init; }

    public int? StatusCode { get; init; }

    public string? Problem { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required string Body { get; init; }

    public static WebhookDeliveryView Of(WebhookDelivery delivery) => new()
    {
        Id = delivery.Sequence.ToString(CultureInfo.InvariantCulture), MessageId = delivery.MessageId, Type = delivery.Type, SessionId = delivery.Session.ToString(),
        State = delivery.State, CreatedAt = delivery.CreatedAt, DueAt = delivery.DueAt, Attempts = delivery.Attempts, AttemptedAt = delivery.AttemptedAt,
        StatusCode = delivery.StatusCode, Problem = delivery.Problem, FinishedAt = delivery.FinishedAt, Body = delivery.Body,
    };
}
