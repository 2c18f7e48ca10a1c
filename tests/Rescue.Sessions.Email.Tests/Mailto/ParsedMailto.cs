using System.Text;

namespace Rescue.Sessions.Email.Mailto;

/// <summary>A reader of <c>mailto:</c> URIs written from RFC 6068 section 2, sharing nothing with the writer.</summary>
internal sealed record ParsedMailto(IReadOnlyList<string> To, IReadOnlyList<(string Name, string Value)> Fields)
{
    public static ParsedMailto Parse(string uri)
    {
        const string scheme = "mailto:";
        if (!uri.StartsWith(scheme, StringComparison.Ordinal))
            throw new FormatException("Not a mailto URI.");
        var rest = uri[scheme.Length..];
        foreach (var c in rest)
        {
            if (c is <= ' ' or > '~' || "\"<>\\^`{|}#".Contains(c, StringComparison.Ordinal))
                throw new FormatException($"Raw {(int)c:x}.");
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var to = question < 0 ? rest : rest[..question];
        var fields = question < 0 ? [] : rest[(question + 1)..].Split('&').Select(Field);
        return new ParsedMailto([.. to.Split(',').Select(Decode)], [.. fields]);
    }

    private static (string Name, string Value) Field(string field)
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || field.IndexOf('=', equals + 1) >= 0 || field.Contains('?', StringComparison.Ordinal))
            throw new FormatException("Not name=value.");
        return (Decode(field[..equals]), Decode(field[(equals + 1)..]));
    }

    private static string Decode(string text)
    {
        var octets = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                octets.Add((byte)text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !Uri.IsHexDigit(text[i + 1]) || !Uri.IsHexDigit(text[i + 2]))
                throw new FormatException("Bad escape.");
            octets.Add((byte)((Uri.FromHex(text[i + 1]) << 4) | Uri.FromHex(text[i + 2])));
            i += 2;
        }

        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. octets]);
    }
}
