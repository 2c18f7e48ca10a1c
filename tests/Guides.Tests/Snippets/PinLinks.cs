using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Guides.Tests.Snippets;

internal static class PinLinks
{
    public static async Task<bool> InviteAsync(EmailInvitations invitations, Technician technician, Ticket ticket, CancellationToken cancellationToken)
    {
        var result = await invitations.InviteAsync(
            technician,
            new NewSession(ticket.Customer) { Reference = ticket.Number, Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = ticket.Address } },
            cancellationToken);
        return result.Outcome is CreateSessionResult.Created;
    }

    public static async Task ReplyAsync(SupportInvitations invitations, Technician technician, Ticket ticket, StringBuilder reply, CancellationToken cancellationToken)
    {
        if (await invitations.CreateAsync(technician, new NewSession(ticket.Customer) { Reference = ticket.Number }, cancellationToken: cancellationToken)
            is CreateSessionResult.Created { Link: { } link })
        {
            reply.Append(link.ToUri());
        }
    }

    public static void Old(WebApplication app)
    {
        app.MapGet("/join", () => Results.Redirect("/Customer")).AllowAnonymous();
    }
}
