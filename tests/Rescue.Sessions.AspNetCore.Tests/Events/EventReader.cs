using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

/// <summary>Reads an event stream as a browser's <c>EventSource</c> does, comments included.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;
    private Task<IReadOnlyList<string>?>? coming;

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
        var next = coming ?? ReadBlockAsync();
        coming = null;
        return await next;
    }

    /// <summary>The next block where pings alone come, for which time passes until there is one.</summary>
    public async Task<IReadOnlyList<string>?> NextPingAsync(FakeTimeProvider time)
    {
        while (!await PassPingAsync(time))
        {
            // It met a write under way, and was left out.
        }

        return await NextBlockAsync();
    }

    /// <summary>Lets time pass from ping to ping, and reads each: a stream that misses two is cut off, and between them there is time in reality.</summary>
    public async Task PassAsync(FakeTimeProvider time, TimeSpan span)
    {
        for (var end = time.GetUtcNow() + span; time.GetUtcNow() < end;)
        {
            if (await PassPingAsync(time) && (await coming!)?[0] == "event: ping")
                coming = null;
        }
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

    /// <summary>The next event of a technician's stream that tells of a status; what is listened to for a session begins behind it from then on.</summary>
    public async Task<JsonElement> NextAsync(string to)
    {
        while (await NextAsync() is { } happened)
        {
            if (happened.Text("to") == to)
                return happened;
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
    }

    // Whether anything has come by then.
    private async Task<bool> PassPingAsync(FakeTimeProvider time)
    {
        // A write under way has that long to end before the next ping, which would cut the stream off.
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(10));
        time.Advance(PingEvery);
        coming ??= ReadBlockAsync();
        return await Task.WhenAny(coming, pause.WaitForNextTickAsync(CancellationToken.None).AsTask()) == coming;
    }

    private async Task<IReadOnlyList<string>?> ReadBlockAsync()
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
}
