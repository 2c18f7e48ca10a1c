using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Settings;
using Rescue.Sessions.AspNetCore.Technicians;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary><c>/rescue/settings/webhooks</c>: who gets which events, under which secret.</summary>
internal static class WebhookEndpoints
{
    // A long address, each byte escaped, a description and all types.
    private const int MaxBody = 32 * 1024;

    public static void Map(RouteGroupBuilder settings)
    {
        var group = settings.MapGroup("/webhooks");
        group.MapGet("", ListAsync).Produces<WebhookListView>();
        group.MapPost("", CreateAsync).AcceptsJson<WebhookBody>().Produces<WebhookView>(StatusCodes.Status201Created)
            .ProducesRefusals(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge);
        group.MapGet("/{id}", FindAsync).Produces<WebhookView>().ProducesRefusals(StatusCodes.Status404NotFound);
        group.MapPut("/{id}", SaveAsync).AcceptsJson<WebhookBody>().Produces<WebhookView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge);
        group.MapDelete("/{id}", DeleteAsync).Produces<WebhookView>().ProducesRefusals(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/rotate", RotateAsync).Produces<WebhookView>().ProducesRefusals(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/test", TestAsync).Produces<WebhookTestView>().ProducesRefusals(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/deliveries", WebhookDeliveryEndpoints.ListAsync).Produces<WebhookDeliveryListView>()
            .ProducesRefusals(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        group.MapPost("/{id}/deliveries/{delivery}/replay", WebhookDeliveryEndpoints.ReplayAsync).Produces<WebhookDeliveryView>()
            .ProducesRefusals(StatusCodes.Status404NotFound);
        group
            .RefuseOthers("", HttpMethods.Get, HttpMethods.Post)
            .RefuseOthers("/{id}", HttpMethods.Get, HttpMethods.Put, HttpMethods.Delete)
            .RefuseOthers("/{id}/rotate", HttpMethods.Post)
            .RefuseOthers("/{id}/test", HttpMethods.Post)
            .RefuseOthers("/{id}/deliveries", HttpMethods.Get)
            .RefuseOthers("/{id}/deliveries/{delivery}/replay", HttpMethods.Post);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SupportWebhooks webhooks) => WebhookAnswers.Of(
        await webhooks.ListAsync(TechnicianFilter.Of(context), context.RequestAborted).ConfigureAwait(false),
        RescueJson.Default.WebhookListView,
        found => new([.. found.Select(WebhookView.Of)], WebhookEventTypes.All));

    private static async Task<IResult> CreateAsync(HttpContext context, SupportWebhooks webhooks)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.WebhookBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var made = await webhooks.CreateAsync(TechnicianFilter.Of(context), body.ToChange(), context.RequestAborted).ConfigureAwait(false);
        return made is WebhookResult<NewWebhook>.Done done
            ? TypedResults.Json(WebhookView.Of(done.Value), RescueJson.Default.WebhookView, statusCode: StatusCodes.Status201Created)
            : WebhookAnswers.Of(made, RescueJson.Default.WebhookView, WebhookView.Of);
    }

    private static async Task<IResult> FindAsync(HttpContext context, SupportWebhooks webhooks, string id) => WebhookAnswers.Of(
        await webhooks.FindAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false), RescueJson.Default.WebhookView, WebhookView.Of);

    private static async Task<IResult> SaveAsync(HttpContext context, SupportWebhooks webhooks, string id)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.WebhookBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var technician = TechnicianFilter.Of(context);
        var saved = await webhooks.FindAsync(technician, id, context.RequestAborted).ConfigureAwait(false);
        if (saved is not WebhookResult<Webhook>.Done { Value: var present })
            return WebhookAnswers.Of(saved, RescueJson.Default.WebhookView, WebhookView.Of);
        if (body.IsEmpty())
            return SettingsAnswer.Nothing("url");
        return WebhookAnswers.Of(
            await webhooks.SaveAsync(technician, id, body.Over(present), context.RequestAborted).ConfigureAwait(false), RescueJson.Default.WebhookView, WebhookView.Of);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, SupportWebhooks webhooks, string id) => WebhookAnswers.Of(
        await webhooks.DeleteAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false), RescueJson.Default.WebhookView, WebhookView.Of);

    private static async Task<IResult> RotateAsync(HttpContext context, SupportWebhooks webhooks, string id)
    {
        var (_, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.EmptyBody, MaxBody, optional: true).ConfigureAwait(false);
        return refusal ?? WebhookAnswers.Of(
            await webhooks.RotateAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false), RescueJson.Default.WebhookView, WebhookView.Of);
    }

    private static async Task<IResult> TestAsync(HttpContext context, SupportWebhooks webhooks, string id)
    {
        var (_, refusal) = await JsonBody.ReadAsync(context, RescueJson.Default.EmptyBody, MaxBody, optional: true).ConfigureAwait(false);
        return refusal ?? WebhookAnswers.Of(
            await webhooks.TestAsync(TechnicianFilter.Of(context), id, context.RequestAborted).ConfigureAwait(false),
            RescueJson.Default.WebhookTestView,
            test => new(test.Problem is null, test.StatusCode, test.Problem));
    }
}
