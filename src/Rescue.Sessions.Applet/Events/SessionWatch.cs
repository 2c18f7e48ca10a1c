using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Events;

/// <summary>Follows the event stream through any number of connections.</summary>
internal sealed class SessionWatch(AppletTransport transport, Uri address, string key)
{
    private const string MediaType = "text/event-stream";

    private readonly Backoff _backoff = transport.NewBackoff();
    private string _lastEventId = "";

    public async IAsyncEnumerable<SessionEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var opening = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (opening.Answer is AppletAnswer.KeyReplaced or AppletAnswer.SessionOver)
            {
                // Whoever was away as it ended has missed the last event.
                if (opening.Last is { } last)
                    yield return last;
                yield return new WatchEnded(opening.Answer);
                yield break;
            }

            if (opening.Connection is { } connection)
            {
                await using var open = connection.ConfigureAwait(false);
                yield return new WatchOpened();
                while (await connection.NextAsync().ConfigureAwait(false) is { } report)
                {
                    _backoff.Reset(connection.ReconnectionInterval);
                    yield return report;
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

            var wait = _backoff.Next(opening.RetryAfter);
            yield return new WatchInterrupted(wait, opening.Answer == AppletAnswer.Intercepted);
            await Task.Delay(wait, transport.Time, cancellationToken).ConfigureAwait(false);
        }
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
            var answer = reply.ToAnswer() ?? AppletAnswer.Unreachable;
            return new EventOpening(null, answer, reply.RetryAfter, answer == AppletAnswer.SessionOver ? ReadEnd(reply) : null);
        }
        catch (Exception failure) when (NetworkFailure.Is(failure))
        {
            return new EventOpening(null, AppletAnswer.Unreachable, null);
        }
        finally
        {
            response?.Dispose();
        }
    }

    // The service is known by its JSON, so that there is some.
    private static StatusReported? ReadEnd(Reply reply)
    {
        using var refusal = JsonDocument.Parse(reply.BodyBytes);
        return refusal.RootElement.TryGetProperty("endReason", out var reason) && JsonText.Of(reason) is { Length: > 0 } word
            ? new StatusReported(SessionStatus.Closed, technician: null, word, handOverSecret: null)
            : null;
    }
}
