using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary><c>GET /rescue/customers/export</c>: all that is stored of the sessions of one customer.</summary>
internal static class ExportEndpoint
{
    [Operation("exportCustomer", "All that is stored of the sessions of one customer.")]
    [Query("customer", "The customer's whole name, or their whole email address or telephone number as invitations take them.", IsRequired = true)]
    [Answers(StatusCodes.Status200OK, "Every session of the customer, each with its whole history; one page.", Type = typeof(SessionListView))]
    [Refuses(StatusCodes.Status400BadRequest, ProblemCode.InvalidRequest)]
    [Refuses(StatusCodes.Status403Forbidden, ProblemCode.MissingRights)]
    public static async Task<IResult> HandleAsync(HttpContext context, PersonalData data, string? customer)
    {
        if (string.IsNullOrWhiteSpace(customer))
            return ProblemResults.Invalid("customer", "Give the customer's whole name, email address or telephone number in 'customer'.");
        var technician = TechnicianFilter.Of(context);
        switch (await data.ExportAsync(technician, customer, context.RequestAborted).ConfigureAwait(false))
        {
            case CustomerExport.Refused refused:
                return ProblemResults.Of(context, refused.Reason);
            case CustomerExport.Found found:
                var views = found.Sessions.Select(exported => SessionView.Of(exported.Session, technician) with
                {
                    History = [.. exported.History.Events.Select(HistoryView.Of)],
                    Stored = StoredView.Of(exported.Session),
                });
                return TypedResults.Json(new SessionListView([.. views], null), TechnicianJson.Default.SessionListView);
            default:
                throw new UnreachableException();
        }
    }
}
