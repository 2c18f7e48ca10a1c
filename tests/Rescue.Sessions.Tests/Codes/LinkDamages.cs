using System.Text;
using CsCheck;

namespace Rescue.Sessions.Tests.Codes;

/// <summary>What mail systems, mail programs and people do to a link, drawn at random and in any combination.</summary>
internal static class LinkDamages
{
    /// <summary>What may stand anywhere in a token: it is dropped.</summary>
    public static readonly string[] Dropped =
        [" ", "\t", "\u00A0", "\u2007", "\u202F", "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u200E", "\u2066", "\u2069", ".", ",", "!", "'", "\"", ")", "(", "]", "[", ">", "<", "*", "+", "=", "/", "\u2019", "\u201D", "\uFFFD", "\U0001F642"];

    /// <summary>What comes to stand behind a link.</summary>
    public static readonly string[] Trailing =
        [".", ")", ",", ";", "!", "'", "=", ">", "%3E", "%20", "\r\n", "/", "\u200B", "\uFEFF", "%E2%80%8B", "%0D%0A", "\"", "]", "}", "*", "_", "-", "=\r\n", "%253E", "&gt;", "&quot;", "&", "#", "\u2026", "~"];

    private static readonly string[] Ampersands = ["&", "&", "&amp;", "&AMP;", "%26", "&amp;amp;", "%2526", "&#38;", "&#x26;", "&amp;#38;", "&#038;", "&#x0026;", "\\u0026", "\\\\u0026", "\\u0026amp;", "%5Cu0026", "%255Cu0026"];

    private static readonly string[] EqualSigns = ["=", "=", "=3D", "%3D", "=3d", "%253D", "\\u003d", "\\u003D", "\\\\u003d", "&equals;", "&#61;", "&#x3D;"];

    /// <summary>What stands for a slash of the address, and for the question mark behind it.</summary>
    private static readonly (string Slash, string Question)[] Notations =
        [("/", "?"), ("/", "?"), ("\\/", "?"), ("\\/", "\\u003f"), ("\\\\/", "?"), ("\\u002F", "\\u003F"), ("&#x2F;", "&#63;"), ("&#47;", "&quest;"), ("&sol;", "?")];

    private static readonly string[] Invisible = ["\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u200E", "\u2069"];

    private static readonly string[] Wraps = ["\n", "\r\n", "\r\n> ", " ", "\t"];

    private static readonly (string Before, string After)[] Surroundings =
        [("", ""), ("<", ">"), ("\"", "\""), ("(", ")."), ("Link: ", ""), ("\u201E", "\u201C"), ("**", "**"), ("Please open this, Zo\u00EB:\r\n\r\n", "\r\n"), ("[", "]")];

    private static readonly Gen<uint> Seed = Gen.UInt;

    /// <summary>A token in a state in which it still is that token.</summary>
    public static Gen<string> OfToken(string token) => Seed.Select(seed => new Draw(seed).Token(token));

    /// <summary>A link in a state in which it still leads to its session, when it is pasted.</summary>
    public static Gen<string> OfLink(string address, string pin, string? token) => Seed.Select(seed =>
    {
        var draw = new Draw(seed);
        var text = draw.Query(address, pin, token);
        if (draw.Often)
            text = draw.Insert(text, ["=\r\n", "=\n"], (_, next) => !char.IsLowSurrogate(next));
        if (draw.Often)
            text = draw.Insert(text, Wraps, (last, next) => last is not '=' && !char.IsLowSurrogate(next));
        if (draw.Often)
            text = draw.Insert(text, Invisible, (_, next) => !char.IsLowSurrogate(next));
        var (open, close) = draw.One(Surroundings);
        var words = draw.Often && !text.Any(char.IsWhiteSpace) ? " With kind regards from us" : "";
        return open + text + close + words;
    });

    /// <summary>A query in a state in which a browser can still send it to the landing page.</summary>
    public static Gen<string> OfQuery(string pin, string? token) => Seed.Select(seed =>
        new Draw(seed).Query("", pin, token)
            // A browser takes what stands behind a number sign for the place in a page.
            .Replace("&amp;#", "&#", StringComparison.OrdinalIgnoreCase).Replace("&#38;", "&", StringComparison.Ordinal).Replace("&#038;", "&", StringComparison.Ordinal)
            .Replace("&#x26;", "&", StringComparison.OrdinalIgnoreCase).Replace("&#x0026;", "&", StringComparison.OrdinalIgnoreCase)
            .Replace("&#61;", "=", StringComparison.Ordinal).Replace("&#x3D;", "=", StringComparison.OrdinalIgnoreCase)
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal).Split('#')[0]);

    /// <summary>Draws from a seed, so that a failure is named by one number.</summary>
    private sealed class Draw(uint seed)
    {
        private readonly Random random = new((int)seed);

        public bool Often => random.Next(3) == 0;

        public T One<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

        public string Token(string token)
        {
            var earlier = token.Length == 22;
            var drawn = string.Concat(token.Select(digit => earlier ? digit.ToString() : Case(Alias(digit))));
            var dropped = earlier ? Dropped : [.. Dropped, "-", "_", "\u2014"];
            if (Often)
                drawn = Insert(drawn, dropped, (_, next) => !char.IsLowSurrogate(next));
            return Often ? drawn + string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => One(Dropped))) : drawn;
        }

        public string Query(string address, string pin, string? token)
        {
            // A row of characters that are dropped is not put into a PIN by mail, but a dash is by people.
            var typed = Often ? Insert(pin, [" ", "-", "\u2011", "\u200B", "\u00A0"], (_, _) => true) : pin;
            var (slash, question) = address.Length == 0 ? ("/", "?") : One(Notations);
            var text = new StringBuilder(address.Replace("/", slash, StringComparison.Ordinal)).Append(question).Append('i').Append(Equal()).Append('2').Append(And()).Append("Code").Append(Equal()).Append(typed);
            if (token is not null)
            {
                var (and, equal) = (And(), Equal());
                text.Append(and).Append('k').Append(equal);
                text.Append(random.Next(8) switch
                {
                    0 => $"k{equal}{Token(token)}",
                    1 => $"{and}k{equal}{Token(token)}",
                    2 => $"{Token(token)}{and}k{equal}{Token(token)}",
                    _ => Token(token),
                });
            }

            for (var count = random.Next(4); count > 0; count--)
                text.Append(One(token is null ? Trailing.Except(["=\r\n"]).ToArray() : Trailing));
            var drawn = text.ToString();
            // The earlier form tells capitals from small letters, so a link of it does not survive a change of case.
            return token?.Length == 22 ? drawn : random.Next(4) switch { 0 => drawn.ToUpperInvariant(), 1 => drawn.ToLowerInvariant(), _ => drawn };
        }

        public string Insert(string text, IReadOnlyList<string> what, Func<char, char, bool> fits)
        {
            var drawn = new StringBuilder();
            for (var at = 0; at < text.Length; at++)
            {
                if (at > 0 && random.Next(12) == 0 && fits(text[at - 1], text[at]))
                    drawn.Append(One(what));
                drawn.Append(text[at]);
            }

            return drawn.ToString();
        }

        private string And() => One(Ampersands);

        private string Equal() => One(EqualSigns);

        private char Alias(char digit) => Often ? digit switch { '0' => 'o', '1' => One(['i', 'l']), _ => digit } : digit;

        private string Case(char digit) => (Often ? char.ToUpperInvariant(digit) : digit).ToString();
    }
}
