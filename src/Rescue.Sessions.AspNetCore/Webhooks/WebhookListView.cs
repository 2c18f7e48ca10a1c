namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>The tenant's webhooks, and the types of events there are.</summary>
internal sealed record WebhookListView(IReadOnlyList<WebhookView> Webhooks, IReadOnlyList<string> Types);
