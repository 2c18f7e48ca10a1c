using HelpDesk.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;

namespace Guides.Tests.Snippets;

internal static class Sms
{
    public static void Register(WebApplicationBuilder builder, RescueSessionsBuilder rescue)
    {
        builder.Services.AddHttpClient("sms", http =>
        {
            http.BaseAddress = new Uri(builder.Configuration["Sms:Address"]!);   // ends in a slash: https://sms.example.org/v1/
            http.DefaultRequestHeaders.Authorization = new("Bearer", builder.Configuration["Sms:Key"]);
            http.Timeout = TimeSpan.FromSeconds(20);
        });
        rescue.AddSms<GatewayDispatcher>();
    }

    public static async Task<CreateSessionResult> InviteAsync(SmsInvitations invitations, Technician technician, CancellationToken cancellationToken)
    {
        var result = await invitations.InviteAsync(technician, new NewSession("Grace Hopper")
        {
            Invitation = new() { Channel = InvitationChannel.Sms, Delivery = EmailDelivery.OnMyBehalf, To = "+49 30 901820", Language = "fr" },
        }, cancellationToken);
        return result;
    }
}
