using System.Text;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>A place in a body as editors count: from 1, in characters.</summary>
internal readonly record struct JsonPlace(int Line, int Position)
{
    public static JsonPlace Of(ReadOnlySpan<byte> body, long offset)
    {
        var before = body[..(int)Math.Clamp(offset, 0, body.Length)];
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    /// <summary>Where reading came to a stop, in bytes from the beginning.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> body, JsonException failure)
    {
        var start = 0;
        for (var line = failure.LineNumber ?? 0; line > 0 && body[start..].IndexOf((byte)'\n') is >= 0 and var end; line--)
            start += end + 1;
        return (int)Math.Min(start + (failure.BytePositionInLine ?? 0), body.Length);
    }

    public override string ToString() => $"line {Line}, position {Position}";
}
