using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rescue.Sessions.AspNetCore.Events;

/// <summary>Server-sent events as bytes (WHATWG HTML, section 9.2).</summary>
internal static class EventFrame
{
    /// <summary>Says that the stream lives, to proxies and to a page that would not notice otherwise. It has no id: a client goes on where it was.</summary>
    public static ReadOnlyMemory<byte> Ping { get; } = "event: ping\ndata: {}\n\n"u8.ToArray();

    /// <summary>Asks a client that has too many streams to wait before it opens this one again.</summary>
    public static ReadOnlyMemory<byte> ComeLater { get; } = "retry: 30000\n\n"u8.ToArray();

    /// <summary>Says where the stream begins, so that a client that loses it before the first event misses none.</summary>
    public static byte[] Open(long start) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $": open\nid: {start}\n\n"));

    public static byte[] Of<TData>(string name, long id, TData data, JsonTypeInfo<TData> type) =>
    [
        .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {id}\ndata: ")),
        // JSON on one line: the data holds no line break.
        .. JsonSerializer.SerializeToUtf8Bytes(data, type),
        .. "\n\n"u8,
    ];
}
