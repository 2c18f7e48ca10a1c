using System.Net.Http.Json;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;

namespace HelpDesk.Support;

/// <summary>Sends by a gateway with an HTTP API; docs/sms.md explains each line.</summary>
internal sealed class GatewayDispatcher(IHttpClientFactory clients) : ISmsDispatcher
{
    public async Task<OutboxOutcome> DispatchAsync(SmsMessage message, CancellationToken cancellationToken)
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
                < 300 => new OutboxOutcome.Accepted(),
                401 or 402 or 403 => new OutboxOutcome.NotSent("The gateway does not accept the key, or the account is empty."),
                429 => new OutboxOutcome.Deferred("The gateway asks to wait.") { RetryAfter = answer.Headers.RetryAfter?.Delta },
                >= 500 => new OutboxOutcome.Unknown("The gateway failed."),
                _ => new OutboxOutcome.Rejected("The gateway refuses the number or the text."),
            };
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            return new OutboxOutcome.NotSent("The gateway cannot be reached.");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return new OutboxOutcome.Unknown("The gateway's answer was lost.");
        }
    }
}
