using System.Diagnostics;
using System.Net.Http.Json;

namespace Rescue.Sessions.Reliability.Guessing;

/// <summary>A route at which PINs are typed.</summary>
internal sealed record PinDoor(string Path, Func<string, HttpContent> Body)
{
    public static IReadOnlyList<PinDoor> All { get; } =
    [
        new("applet/join", pin => JsonContent.Create(new { pin, instance = "guesser" })),
        new("Customer", pin => new FormUrlEncodedContent([new("Code", pin)])),
    ];

    /// <summary>Tries a PIN; all that the answer tells but the moment, and how long it took.</summary>
    public async Task<(string Answer, long Ticks)> TryAsync(HttpClient client, string pin, CancellationToken cancellationToken)
    {
        using var content = Body(pin);
        var began = Stopwatch.GetTimestamp();
        using var response = await client.PostAsync(Path, content, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var ticks = Stopwatch.GetTimestamp() - began;
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return ($"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n\n{body}", ticks);
    }
}
