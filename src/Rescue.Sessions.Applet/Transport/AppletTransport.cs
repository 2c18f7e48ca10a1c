using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Rescue.Sessions.Applet.Transport;

/// <summary>Sends requests, each attempt with its own time limit, and tries again where that is safe and may help.</summary>
internal sealed class AppletTransport(HttpClient client, SupportAppletOptions options, TimeProvider time)
{
    // No answer and no event of the protocol comes near it; a server that sends more is none of ours.
    public const int LongestAnswer = 64 * 1024;

    public SupportAppletOptions Options => options;

    public TimeProvider Time => time;

    public Backoff NewBackoff() => new(options.RetryDelay, options.MaxRetryDelay);

    public async Task<Reply> PostAsync(Uri address, byte[] json, string? key, int attempts, CancellationToken cancellationToken)
    {
        var backoff = NewBackoff();
        for (var attempt = 1; ; attempt++)
        {
            var reply = await PostOnceAsync(address, json, key, cancellationToken).ConfigureAwait(false);
            // Whoever has joined waits for their turn; of a join the customer is told.
            if (attempt >= attempts || !(reply.IsTransient || (key is not null && reply.Status == HttpStatusCode.TooManyRequests)))
                return reply;

            await Task.Delay(backoff.Next(reply.RetryAfter), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends one request and answers when its head is there; the caller disposes the response.</summary>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="TimeoutException">It did not answer within <paramref name="limit"/>.</exception>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, string? key, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        // As a browser does: the terms may be in several languages. A program may have said another with its client; the invariant culture has no name.
        if (client.DefaultRequestHeaders.AcceptLanguage.Count == 0 && CultureInfo.CurrentUICulture.Name is { Length: > 0 } language)
            request.Headers.AcceptLanguage.TryParseAdd(language);

        return WithinAsync(limit, token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellationToken);
    }

    /// <summary>Reads the rest of an answer that was opened.</summary>
    /// <exception cref="HttpRequestException">The connection was lost.</exception>
    /// <exception cref="TimeoutException">It did not come within the time of a request.</exception>
    public Task<Reply> ReadWithinAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        WithinAsync(options.RequestTimeout, token => ReadAsync(response, token), cancellationToken);

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - time.GetUtcNow() is { Ticks: > 0 } wait => wait,
        { Date: not null } => TimeSpan.Zero,
        _ => null
    };

    private async Task<Reply> PostOnceAsync(Uri address, byte[] json, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            return await WithinAsync(options.RequestTimeout, ExchangeAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (NetworkFailure.Is(failure))
        {
            return Reply.Failed(failure);
        }

        async Task<Reply> ExchangeAsync(CancellationToken token)
        {
            using var response = await OpenAsync(request, key, options.RequestTimeout, token).ConfigureAwait(false);
            return await ReadAsync(response, token).ConfigureAwait(false);
        }
    }

    private async Task<Reply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!ServiceAnswer.IsPossible(response))
            return Reply.Foreign(response.StatusCode, RetryAfter(response));

        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return ServiceAnswer.Is(response, body)
            ? new Reply(response.StatusCode, ReplyAuthor.Service, body, RetryAfter(response), null)
            : Reply.Foreign(response.StatusCode, RetryAfter(response));
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException expired) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not answer in time.", expired);
        }
    }
}
