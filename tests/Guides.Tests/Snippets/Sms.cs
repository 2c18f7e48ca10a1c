using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Hosting;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Sms;

namespace Guides.Tests.Snippets;

internal static class Sms
{
    public static void Register(WebApplicationBuilder builder, RescueSessionsBuilder rescue)
    {
        builder.Services.AddHttpClient("sms", http =>
        {
            http.BaseAddress = new Uri(builder.Configuration["Sms:Address"]!);
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

public sealed class GatewayDispatcher(IHttpClientFactory clients) : ISmsDispatcher
{
    public async Task<SmsDispatchResult> DispatchAsync(SmsMessage message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "messages")
        {
            Content = JsonContent.Create(new
            {
                to = message.To.Value, from = message.Organization!.Name, text = message.Text, unicode = message.Encoding == SmsEncoding.Ucs2,
            }),
        };
        request.Headers.Add("Idempotency-Key", message.Id);
        try
        {
            using var answer = await clients.CreateClient("sms").SendAsync(request, cancellationToken);
            return (int)answer.StatusCode switch
            {
                < 300 => new SmsDispatchResult.Accepted(),
                401 or 402 or 403 => new SmsDispatchResult.NotSent("The gateway does not accept the key, or the account is empty."),
                429 => new SmsDispatchResult.Deferred("The gateway asks to wait."),
                >= 500 => new SmsDispatchResult.Unknown("The gateway failed."),
                _ => new SmsDispatchResult.Rejected("The gateway refuses the number or the text."),
            };
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            return new SmsDispatchResult.Deferred("The gateway cannot be reached.");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return new SmsDispatchResult.Unknown("The gateway's answer was lost.");
        }
    }
}
