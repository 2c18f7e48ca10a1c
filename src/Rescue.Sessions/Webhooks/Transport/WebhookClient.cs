using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Webhooks.Transport;

/// <summary>
/// Posts signed messages by the Standard Webhooks rules. The HTTP client is its own: nothing that a host sets for its other clients, such as a proxy, redirects or
/// repeats, may lead a message elsewhere. Thread-safe.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    // An answer's body says nothing that is acted on; of a short one the connection is used again.
    private const int MostDrained = 64 * 1024;
    private const int MostHeaderKilobytes = 16;

    private readonly HttpClient http;
    private readonly IOptionsMonitor<WebhookOptions> options;
    private readonly TimeProvider time;

    public WebhookClient(WebhookConnector connector, IOptionsMonitor<WebhookOptions> options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            // What a name stands for may change.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseDrainSize = MostDrained,
            ResponseDrainTimeout = TimeSpan.FromSeconds(2),
            MaxResponseHeadersLength = MostHeaderKilobytes,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellation) => connector.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Posts once.</summary>
    /// <param name="url">The receiver.</param>
    /// <param name="id">The message's name, the same at each attempt.</param>
    /// <param name="body">The message.</param>
    /// <param name="secrets">Those under which it is signed.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<WebhookAnswer> PostAsync(
        Uri url, string id, string body, IReadOnlyCollection<WebhookSecret> secrets, CancellationToken cancellationToken)
    {
        var limit = options.CurrentValue.Timeout;
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = Request(url, id, body, secrets);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            return answer.IsSuccessStatusCode
                ? new(status, null)
                : new(status, Explain(answer.StatusCode), RetryAfter(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return new(null, $"The receiver did not answer within {limit} (the service's option Webhooks.Timeout).");
        }
        catch (HttpRequestException failure)
        {
            return new(null, Explain(failure));
        }
        catch (UriFormatException)
        {
            // An earlier version saved it.
            return new(null, "The receiver's host name has no ASCII form. Set its address anew.");
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Uri url, string id, string body, IReadOnlyCollection<WebhookSecret> secrets)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Rescue.Sessions", null));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => WebhookSignature.Of(secret, id, timestamp, body))));
        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);

    private static string Explain(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? $"The receiver answered {(int)status}: redirects are not followed. Set the address it leads to."
        : $"The receiver answered {(int)status}.";

    // In words of our own: what the system says may name addresses within the product's network.
    private static string Explain(HttpRequestException failure) => failure.InnerException switch
    {
        WebhookAddressException refused => refused.Message,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "The receiver's name was not found.",
        AuthenticationException => "The receiver's certificate is not valid, or there is no TLS.",
        _ when failure.HttpRequestError == HttpRequestError.NameResolutionError => "The receiver's name was not found.",
        _ => "The receiver was not reached, or it broke off.",
    };
}
