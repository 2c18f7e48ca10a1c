using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Guides.Tests.Snippets;

internal static class OwnDispatcher
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient<RelayDispatcher>(http => http.BaseAddress = new Uri("https://relay.example.org/"));
        builder.Services.AddSingleton<IEmailDispatcher>(services => services.GetRequiredService<RelayDispatcher>());
    }
}

public sealed class RelayDispatcher(HttpClient http) : IEmailDispatcher
{
    public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

    public async Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new
        {
            from = message.From.Address, fromName = message.From.DisplayName, to = message.To!.Address, subject = message.Subject, text = message.Text, html = message.Html,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "messages") { Content = body };
        request.Headers.Add("Idempotency-Key", message.MessageId);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return (int)answer.StatusCode switch
            {
                < 300 => new DispatchResult.Accepted("accepted"),
                401 or 403 => new DispatchResult.NotSent(NotSentCause.AuthenticationFailed, "The relay does not accept the key.", CanRetry: false),
                429 or 503 => new DispatchResult.Deferred(451, null, "The relay is busy.", answer.Headers.RetryAfter?.Delta),
                >= 500 => new DispatchResult.Unknown("The relay failed."),
                _ => new DispatchResult.Rejected(550, null, "The relay refuses the message."),
            };
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            return new DispatchResult.NotSent(NotSentCause.CouldNotConnect, "The relay cannot be reached.", CanRetry: true);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new DispatchResult.Unknown("The relay's answer was lost.");
        }
    }
}

internal static class MimeRelay
{
    public static HttpRequestMessage Request(EmailMessage message)
    {
        var content = new ByteArrayContent(message.ToMime());
        content.Headers.ContentType = new("message/rfc822");
        return new HttpRequestMessage(HttpMethod.Post, $"raw?to={Uri.EscapeDataString(message.To!.WireAddress)}") { Content = content };
    }
}

public sealed class RelaysByTenant(IEmailDispatcher relay) : IEmailDispatcher
{
    public EmailDelivery Delivery => relay.Delivery;

    public string? LaneOf(EmailMessage message) => message.Tenant;

    public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken) => relay.DispatchAsync(message, cancellationToken);
}
