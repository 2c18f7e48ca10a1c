using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>POST /rescue/customers/erase</c>: erases all that is stored of the sessions of one customer.</summary>
internal static class EraseEndpoint
{
    private const int MaxBody = 4 * 1024;

    [Operation("eraseCustomer", "Erases all that is stored of the sessions of one customer, but for open ones.")]
    [Takes(typeof(EraseBody))]
    [Answers(StatusCodes.Status200OK, "How much was erased.", Type = typeof(ErasedView))]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.MissingRights)]
    public static async Task<IResult> HandleAsync(HttpContext context, PersonalData data)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, TechnicianJson.Default.EraseBody, MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        if (string.IsNullOrWhiteSpace(body.Customer))
            return ProblemResults.Invalid("customer", "Give the customer's whole name, email address or telephone number in 'customer'.");
        return await data.EraseAsync(TechnicianFilter.Of(context), body.Customer, context.RequestAborted).ConfigureAwait(false) switch
        {
            CustomerErasure.Done done => TypedResults.Json(new ErasedView(done.Erased, done.Open), TechnicianJson.Default.ErasedView),
            CustomerErasure.Refused refused => ProblemResults.Of(context, refused.Reason),
            _ => throw new UnreachableException(),
        };
    }
}
