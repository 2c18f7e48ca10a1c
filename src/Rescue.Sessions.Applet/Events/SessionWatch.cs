using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Events;

/// <summary>Follows the event stream through any number of connections.</summary>
internal sealed class SessionWatch(AppletTransport transport, Uri address, string key, SessionEnding ending)
{
    private const string MediaType = "text/event-stream";

    private readonly Backoff _backoff = transport.NewBackoff();
    private readonly ReportNews _news = new();
    private string _lastEventId = "";

    public async IAsyncEnumerable<SessionEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.Known);
        while (ending.Answer is null)
        {
            var opening = await OpenAsync(watching.Token).ConfigureAwait(false);
            if (opening.Connection is { } connection)
            {
                await using var open = connection.ConfigureAwait(false);
                yield return new WatchOpened();
                while (await connection.NextAsync().ConfigureAwait(false) is { } report)
                {
                    _backoff.Reset(connection.ReconnectionInterval);
                    if (_news.Of(report) is { } news)
                        yield return news;
                    if (report is not StatusReported { Status: SessionStatus.Closed })
                        continue;

                    yield return new WatchEnded(AppletAnswer.SessionOver);
                    yield break;
                }

                // Asked for last of all by a server that ends the stream.
                if (connection.ReconnectionInterval > TimeSpan.Zero)
                    _backoff.Reset(connection.ReconnectionInterval);
                _lastEventId = connection.LastEventId ?? _lastEventId;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (ending.Answer is not null)
                break;
            var wait = _backoff.Next(opening.RetryAfter);
            yield return new WatchInterrupted(wait, opening.Answer == AppletAnswer.Intercepted);
            await Task.Delay(wait, transport.Time, watching.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        // Whoever was away as it ended has missed the last event.
        if (ending.Answer.Report is { } last)
            yield return last;
        yield return new WatchEnded(ending.Answer.Reason);
    }

    private async Task<EventOpening> OpenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
        if (_lastEventId.Length > 0)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastEventId);

        HttpResponseMessage? response = null;
        try
        {
            response = await transport.OpenAsync(request, key, transport.Options.EventsIdleTimeout, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == MediaType)
            {
                var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                var bytes = new EventBytes(stream, transport.Options.EventsIdleTimeout, AppletTransport.LongestAnswer, transport.Time);
                var connection = new EventConnection(response, bytes, cancellationToken);
                response = null;
                return new EventOpening(connection, AppletAnswer.Accepted, null);
            }

            var reply = await transport.ReadWithinAsync(response, cancellationToken).ConfigureAwait(false);
            ending.Learn(reply);
            return new EventOpening(null, reply.ToAnswer() ?? AppletAnswer.Unreachable, reply.RetryAfter);
        }
        catch (Exception failure) when (NetworkFailure.Is(failure) || failure is OperationCanceledException)
        {
            return new EventOpening(null, Reply.Failed(failure).ToAnswer() ?? AppletAnswer.Unreachable, null);
        }
        finally
        {
            response?.Dispose();
        }
    }
}
