using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary><c>/rescue/settings/webhooks/{id}/deliveries</c>: what became of messages, and sending them again.</summary>
internal static class WebhookDeliveryEndpoints
{
    private const int MaxBody = 1024;
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    [Operation("listWebhookDeliveries", "What became of a webhook's messages, the latest first.")]
    [Query("before", "The `next` of the page before.")]
    [Query(PageLimit.Name, "How many a page has; 100 when it is left out.", Most = MaxLimit)]
    [Answers(StatusCodes.Status200OK, "A page.", Type = typeof(WebhookDeliveryListView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound)]
    public static async Task<IResult> ListAsync(HttpContext context, SupportWebhooks webhooks, string id, string? before, string? limit)
    {
        var last = long.MaxValue;
        if (!string.IsNullOrEmpty(before) && !TryParse(before, out last))
            return ProblemResults.Invalid("before", "'before' must be the 'next' of the page before.");
        if (PageLimit.Read(limit, DefaultLimit, MaxLimit) is not { } most)
            return ProblemResults.Invalid([PageLimit.Problem(MaxLimit)]);
        return WebhookAnswers.Of(
            context,
            await webhooks.ListDeliveriesAsync(TechnicianFilter.Of(context), id, last, most, context.RequestAborted).ConfigureAwait(false),
            WebhookJson.Default.WebhookDeliveryListView,
            found => new([.. found.Select(WebhookDeliveryView.Of)], found.Length < most ? null : WebhookDeliveryView.Of(found[^1]).Id));
    }

    [Operation("replayWebhookDelivery", "Sends a message again.")]
    [Part("delivery", "The delivery's id.")]
    [Takes(typeof(EmptyBody))]
    [Answers(StatusCodes.Status200OK, "The delivery, which waits to be sent.", Type = typeof(WebhookDeliveryView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.DeliveryNotFound)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    public static async Task<IResult> ReplayAsync(HttpContext context, SupportWebhooks webhooks, string id, string delivery)
    {
        var refusal = await JsonBody.ReadEmptyAsync(context, MaxBody).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        // What is no number is no delivery either; who may not see any is told that first.
        var sequence = TryParse(delivery, out var number) ? number : 0;
        return WebhookAnswers.Of(
            context,
            await webhooks.ReplayAsync(TechnicianFilter.Of(context), id, sequence, context.RequestAborted).ConfigureAwait(false),
            WebhookJson.Default.WebhookDeliveryView,
            WebhookDeliveryView.Of,
            ProblemCode.DeliveryNotFound);
    }

    private static bool TryParse(string text, out long sequence) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
}
