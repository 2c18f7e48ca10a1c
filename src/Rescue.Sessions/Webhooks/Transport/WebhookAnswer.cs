namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>What came of one attempt.</summary>
/// <param name="StatusCode">The receiver's HTTP status; null when there was no answer.</param>
/// <param name="Problem">What went wrong, for people; null when it was delivered.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone; null when it did not say.</param>
internal sealed record WebhookAnswer(int? StatusCode, string? Problem, TimeSpan? RetryAfter = null)
{
    public bool IsDelivered => Problem is null;

    /// <summary>Whether the receiver wants nothing more at all.</summary>
    public bool IsGone => StatusCode == 410;

    /// <summary>Whether it is the receiver that is in trouble, and not this one message.</summary>
    public bool IsAway => Problem is not null && StatusCode is null or 408 or 429 or >= 500;
}
