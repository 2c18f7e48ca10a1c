using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary><c>/rescue/settings/webhooks</c>: who gets which events, under which secret.</summary>
internal static class WebhookEndpoints
{
    // A long address, each byte escaped, a description and all types.
    private const int MaxBody = 32 * 1024;

    public static void Map(RouteGroupBuilder settings)
    {
        var group = settings.MapGroup("/webhooks").WithMetadata(new PartAttribute("id", "The webhook's id."));
        group.MapGet("", ListAsync);
        group.MapPost("", CreateAsync);
        group.MapGet("/{id}", FindAsync);
        group.MapPut("/{id}", SaveAsync);
        group.MapDelete("/{id}", DeleteAsync);
        group.MapPost("/{id}/rotate", RotateAsync);
        group.MapPost("/{id}/test", TestAsync);
        group.MapGet("/{id}/deliveries", WebhookDeliveryEndpoints.ListAsync);
        group.MapPost("/{id}/deliveries/{delivery}/replay", WebhookDeliveryEndpoints.ReplayAsync);
        group
            .RefuseOthers("", HttpMethods.Get, HttpMethods.Post)
            .RefuseOthers("/{id}", HttpMethods.Get, HttpMethods.Put, HttpMethods.Delete)
            .RefuseOthers("/{id}/rotate", HttpMethods.Post)
            .RefuseOthers("/{id}/test", HttpMethods.Post)
            .RefuseOthers("/{id}/deliveries", HttpMethods.Get)
            .RefuseOthers("/{id}/deliveries/{delivery}/replay", HttpMethods.Post);
    }

    [Operation("listWebhooks", "The tenant's webhooks, and the types of events there are.")]
    [Answers(StatusCodes.Status200OK, "All of them.", Type = typeof(WebhookListView))]
    private static async Task<IResult> ListAsync(HttpContext context, SupportWebhooks webhooks) => WebhookAnswers.Of(
        context,
        await webhooks.ListAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false),
        WebhookJson.Default.WebhookListView,
        found => new([.. found.Select(WebhookView.Of)], SupportWebhooks.EventTypes));

    [Operation("createWebhook", "Has events posted to a server of the tenant's.")]
    [Takes(typeof(WebhookBody))]
    [Answers(StatusCodes.Status201Created, "The webhook, with its secret, which no later answer has.", Type = typeof(WebhookView))]
    [Refuses(StatusCodes.Status409Conflict, ProblemCode.WebhookLimit)]
    private static async Task<IResult> CreateAsync(HttpContext context, SupportWebhooks webhooks)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, WebhookJson.Default.WebhookBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var made = await webhooks.CreateAsync(TechnicianFilter.Of(context), body.ToChange(), context.RequestAborted).ConfigureAwait(false);
        return made is WebhookResult<NewWebhook>.Done done
            ? TypedResults.Json(WebhookView.Of(done.Value), WebhookJson.Default.WebhookView, statusCode: StatusCodes.Status201Created)
            : WebhookAnswers.Of(context, made, WebhookJson.Default.WebhookView, WebhookView.Of);
    }

    [Operation("getWebhook", "A webhook.")]
    [Answers(StatusCodes.Status200OK, "The webhook.", Type = typeof(WebhookView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound)]
    private static async Task<IResult> FindAsync(HttpContext context, SupportWebhooks webhooks, string id) => WebhookAnswers.Of(
        context,
        await webhooks.FindAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false), WebhookJson.Default.WebhookView, WebhookView.Of);

    [Operation("saveWebhook", "Sets what is given of a webhook.")]
    [Takes(typeof(WebhookBody))]
    [Answers(StatusCodes.Status200OK, "The webhook as it is now.", Type = typeof(WebhookView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.MissingMember)]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound)]
    private static async Task<IResult> SaveAsync(HttpContext context, SupportWebhooks webhooks, string id)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, WebhookJson.Default.WebhookBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var technician = TechnicianFilter.Of(context);
        var saved = await webhooks.FindAsync(technician, id, context.RequestAborted).ConfigureAwait(false);
        if (saved is not WebhookResult<Webhook>.Done)
            return WebhookAnswers.Of(context, saved, WebhookJson.Default.WebhookView, WebhookView.Of);
        if (body.IsEmpty())
            return SettingsAnswer.Nothing("url");
        return WebhookAnswers.Of(
            context,
            await webhooks.SaveAsync(technician, id, body.Over, context.RequestAborted).ConfigureAwait(false), WebhookJson.Default.WebhookView, WebhookView.Of);
    }

    [Operation("deleteWebhook", "Removes a webhook; what waits to be sent is not sent.")]
    [Answers(StatusCodes.Status200OK, "The webhook that was.", Type = typeof(WebhookView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound)]
    private static async Task<IResult> DeleteAsync(HttpContext context, SupportWebhooks webhooks, string id) => WebhookAnswers.Of(
        context,
        await webhooks.DeleteAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false), WebhookJson.Default.WebhookView, WebhookView.Of);

    [Operation("rotateWebhookSecret", "Gives a webhook a new secret, beside which the former holds for a while.")]
    [Takes(typeof(EmptyBody))]
    [Answers(StatusCodes.Status200OK, "The webhook, with its new secret, which no later answer has.", Type = typeof(WebhookView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound)]
    private static async Task<IResult> RotateAsync(HttpContext context, SupportWebhooks webhooks, string id)
    {
        var refusal = await JsonBody.ReadEmptyAsync(context, MaxBody).ConfigureAwait(false);
        return refusal ?? WebhookAnswers.Of(
            context,
            await webhooks.RotateAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false), WebhookJson.Default.WebhookView, WebhookView.Of);
    }

    [Operation("testWebhook", "Posts an event of the type webhook.test, and waits for the answer.")]
    [Takes(typeof(EmptyBody))]
    [Answers(StatusCodes.Status200OK, "What came of it.", Type = typeof(WebhookTestView))]
    [Refuses(StatusCodes.Status404NotFound, ProblemCode.WebhookNotFound)]
    [Refuses(StatusCodes.Status429TooManyRequests, ProblemCode.TooMany)]
    private static async Task<IResult> TestAsync(HttpContext context, SupportWebhooks webhooks, string id)
    {
        var refusal = await JsonBody.ReadEmptyAsync(context, MaxBody).ConfigureAwait(false);
        return refusal ?? WebhookAnswers.Of(
            context,
            await webhooks.TestAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false),
            WebhookJson.Default.WebhookTestView,
            test => new(test.Problem is null, test.StatusCode, test.Problem));
    }
}
