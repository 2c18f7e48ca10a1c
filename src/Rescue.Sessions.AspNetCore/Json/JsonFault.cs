using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Json;

/// <summary>Says what makes a body no JSON, and where, without a character of what it holds: that may be a customer's or a secret.</summary>
internal static class JsonFault
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <param name="body">The body.</param>
    /// <param name="failure">What reading it came to.</param>
    /// <param name="member">The path of the member that was being read; empty before the first.</param>
    public static string Describe(ReadOnlySpan<byte> body, JsonException failure, string member)
    {
        if (body.Trim(WhiteSpace).IsEmpty)
            return "The body is empty. Send one JSON object.";
        var offset = JsonPlace.OffsetOf(body, failure);
        var before = body[..offset].TrimEnd(WhiteSpace);
        var near = member.Length == 0 ? "" : $", at '{member}'";
        return $"The body is no JSON at {JsonPlace.Of(body, offset)}{near}: {Describe(before.IsEmpty ? default : before[^1], body[offset..])}";
    }

    private static string Describe(byte before, ReadOnlySpan<byte> rest) => rest switch
    {
        [] => "it ends too early. A brace, a bracket or a quotation mark is not closed.",
        [(byte)'}' or (byte)']', ..] when before == ',' => "a comma has nothing behind it. Take it out.",
        [(byte)'\'', ..] => "single quotes stand around a name or a text. Use double quotes.",
        [(byte)'/', ..] => "JSON has no comments. Take it out.",
        [(byte)'"' or (byte)'{' or (byte)'[', ..] when before is not ((byte)'{' or (byte)'[' or (byte)',' or (byte)':') => "a comma or a colon is missing before it.",
        [(byte)',', ..] => "there is a comma too many, or a value is missing before it.",
        [< (byte)' ', ..] => "a control character, such as a line break, stands in a text. Write it as an escape, such as \\n.",
        [0xEF, 0xBB, 0xBF, ..] => "it begins with a byte order mark. Leave it out.",
        [>= 0x80, ..] => "a character stands outside a text, or the text is not in UTF-8.",
        [var first, ..] when char.IsAsciiLetter((char)first) => "a name or a text stands without double quotes, or a value is none that JSON has (true, false and null are written small).",
        _ => "there is something that JSON does not allow here.",
    };
}
