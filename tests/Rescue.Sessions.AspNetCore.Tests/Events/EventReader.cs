using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

/// <summary>Reads an event stream as a browser's <c>EventSource</c> does, comments included.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;

    private EventReader(HttpResponseMessage answer, Stream stream)
    {
        this.answer = answer;
        lines = new(stream);
    }

    public HttpResponseMessage Answer => answer;

    /// <summary>The id to come back with.</summary>
    public string? LastId { get; private set; }

    public static async Task<EventReader> OpenAsync(HttpClient client, string path, string? lastId = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new(answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next block of lines up to an empty one; null at the end of the stream.</summary>
    public async Task<IReadOnlyList<string>?> NextBlockAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var block = new List<string>();
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0)
                return block;
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line[4..];
            block.Add(line);
        }

        return null;
    }

    /// <summary>The data of the next event; null at the end of the stream.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (await NextBlockAsync() is { } block)
        {
            if (block.FirstOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal)) is { } data)
                return JsonDocument.Parse(data[6..]).RootElement;
        }

        return null;
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }
}
