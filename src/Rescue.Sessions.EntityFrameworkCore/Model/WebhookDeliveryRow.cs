namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>A message to a webhook's receiver, and what has become of it.</summary>
internal sealed class WebhookDeliveryRow
{
    public required string Webhook { get; set; }

    public long Sequence { get; set; }

    public required byte[] SessionId { get; set; }

    public required string Tenant { get; set; }

    public required string Type { get; set; }

    public required string Body { get; set; }

    public long CreatedAt { get; set; }

    /// <summary>When it may be claimed: when it is due, when its lease ends, or when it is to be tried again; null when it is finished with.</summary>
    public long? DueAt { get; set; }

    public long Fence { get; set; }

    public int Attempts { get; set; }

    public long? AttemptedAt { get; set; }

    public int? StatusCode { get; set; }

    public string? Problem { get; set; }

    public long? FinishedAt { get; set; }
}
