using System.Net.ServerSentEvents;
using System.Text.Json;
using Rescue.Sessions.Applet.Transport;

namespace Rescue.Sessions.Applet.Events;

/// <summary>One open event stream, until it breaks.</summary>
internal sealed class EventConnection : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SseParser<SessionEvent?> _parser;
    private readonly IAsyncEnumerator<SseItem<SessionEvent?>> _items;

    public EventConnection(HttpResponseMessage response, Stream bytes, CancellationToken cancellationToken)
    {
        _response = response;
        _parser = SseParser.Create(bytes, Parse);
        _items = _parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>The id of the last complete event; null where none with an id has come. An event cut off half-way does not count. Services of a version before go on after it.</summary>
    public string? LastEventId { get; private set; }

    /// <summary>What the server asks to wait before reconnecting; not positive where it does not say.</summary>
    public TimeSpan ReconnectionInterval => _parser.ReconnectionInterval;

    /// <summary>What is reported next; null when the connection is lost, the server has ended it, or nobody wants it any more.</summary>
    public async Task<SessionEvent?> NextAsync()
    {
        try
        {
            while (await _items.MoveNextAsync().ConfigureAwait(false))
            {
                LastEventId = _items.Current.EventId ?? LastEventId;
                if (_items.Current.Data is { } report)
                    return report;
            }
        }
        catch (Exception lost) when (NetworkFailure.Is(lost) || lost is OperationCanceledException)
        {
            // The caller knows whether to reconnect; that is the meaning of null.
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }

    // What this version cannot read it skips, like an unknown type: the next event carries all of it again.
    private static SessionEvent? Parse(string type, ReadOnlySpan<byte> data)
    {
        if (type is not ("status" or "guests"))
            return null;

        try
        {
            var read = JsonSerializer.Deserialize(data, StatusJson.Default.StatusData);
            return type == "guests" ? read?.ToGuests() : read?.ToEvent();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
