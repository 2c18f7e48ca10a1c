using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests;

/// <summary>An open event stream.</summary>
internal sealed class OpenStream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
{
    public static async Task<OpenStream> OpenAsync(HttpClient client, string path, string? lastEventId = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        var parser = SseParser.Create(await answer.Content.ReadAsStreamAsync());
        return new(answer, parser.EnumerateAsync().GetAsyncEnumerator());
    }

    /// <summary>The next event; null when the server has ended the stream.</summary>
    public async Task<(string Name, string? Id, JsonElement Data)?> NextAsync() =>
        await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))
            ? (items.Current.EventType, items.Current.EventId, JsonDocument.Parse(items.Current.Data).RootElement)
            : null;

    public async ValueTask DisposeAsync()
    {
        // The stream ends with the connection; only then can its reader be disposed of.
        answer.Dispose();
        await ValueTask.CompletedTask;
    }
}
