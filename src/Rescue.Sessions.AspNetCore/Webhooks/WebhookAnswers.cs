using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.AspNetCore.Webhooks;

/// <summary>The answers that all routes of webhooks share.</summary>
internal static class WebhookAnswers
{
    public static IResult Of<TValue, TView>(
        HttpContext context, WebhookResult<TValue> result, JsonTypeInfo<TView> type, Func<TValue, TView> view, ProblemCode missing = ProblemCode.WebhookNotFound) => result switch
    {
        WebhookResult<TValue>.Done done => TypedResults.Json(view(done.Value), type),
        WebhookResult<TValue>.NotFound => NotFound(missing),
        WebhookResult<TValue>.AtLimit full => ProblemResults.Of(StatusCodes.Status409Conflict, new()
        {
            Code = ProblemCode.WebhookLimit, Title = "There are as many webhooks as there may be.", Detail = $"The tenant has {full.Limit}. Remove one first, or let the service's option Webhooks.PerTenant be more.",
        }),
        WebhookResult<TValue>.Refused refused => ProblemResults.Of(context, refused.Reason),
        _ => throw new UnreachableException(),
    };

    public static IResult NotFound(ProblemCode missing) => ProblemResults.Of(StatusCodes.Status404NotFound, new()
    {
        Code = missing, Title = missing == ProblemCode.DeliveryNotFound ? "There is no such delivery, or no such webhook." : "There is no such webhook.",
    });
}
