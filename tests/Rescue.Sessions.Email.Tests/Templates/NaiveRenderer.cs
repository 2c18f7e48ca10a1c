using System.Globalization;
using System.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// Renders a correct template the simplest way: by recursion over the source, with strings, objects and no thought of cost. It shares no
/// code with the compiler, so that one can be held against the other.
/// </summary>
internal sealed class NaiveRenderer
{
    private readonly List<(bool IsTag, string Text, string Indent)> pieces = [];
    private readonly Func<string, object?> valueOf;
    private readonly StringBuilder output = new();
    private int next;
    private bool atLineStart;

    private NaiveRenderer(string source, Func<string, object?> valueOf)
    {
        this.valueOf = valueOf;
        Split(source);
    }

    public static string Render(string source, Func<string, object?> valueOf)
    {
        var renderer = new NaiveRenderer(source, valueOf);
        renderer.Block("", true);
        return renderer.output.ToString();
    }

    private void Split(string source)
    {
        var position = 0;
        var skip = ' ';
        while (true)
        {
            var open = source.IndexOf("{{", position, StringComparison.Ordinal);
            var raw = open < 0 ? source[position..] : source[position..open];
            if (skip == '-') raw = raw.TrimStart();
            if (skip == '~')
            {
                var line = raw.IndexOf('\n') is var feed && feed < 0 ? raw : raw[..(feed + 1)];
                raw = string.IsNullOrWhiteSpace(line) ? raw[line.Length..] : raw.TrimStart();
            }

            var mark = open < 0 ? ' ' : source[open + 2];
            if (mark == '-') raw = raw.TrimEnd();
            if (mark == '~') while (raw.Length > 0 && char.IsWhiteSpace(raw[^1]) && raw[^1] != '\n') raw = raw[..^1];
            var lastLine = raw[(raw.LastIndexOf('\n') + 1)..];
            var beginsLine = raw.Contains('\n', StringComparison.Ordinal) || position == 0
                || source[..(open < 0 ? source.Length : open)].TrimEnd(' ', '\t').EndsWith('\n');
            var indent = raw.Length > 0 && beginsLine && string.IsNullOrWhiteSpace(lastLine) ? lastLine : "";
            pieces.Add((false, raw, ""));
            if (open < 0) return;
            var close = FindClose(source, open + 2);
            var code = source[(open + 2)..close];
            if (mark is '-' or '~') code = code[1..];
            skip = code.Length > 0 ? code[^1] : ' ';
            if (skip is '-' or '~') code = code[..^1];
            pieces.Add((true, code.Trim(), indent));
            position = close + 2;
        }
    }

    private static int FindClose(string source, int position)
    {
        while (true)
        {
            if (source[position] is '"' or '\'')
            {
                var quote = source[position++];
                while (source[position] != quote) position += source[position] == '\\' ? 2 : 1;
            }
            else if (source[position] == '}' && source[position + 1] == '}')
            {
                return position;
            }

            position++;
        }
    }

    /// <summary>Reads up to the end of a block or branch; answers the tag that ended it.</summary>
    private string Block(string indent, bool prints)
    {
        for (; next < pieces.Count; next++)
        {
            var (isTag, text, tagIndent) = pieces[next];
            if (!isTag)
            {
                if (prints) Write(text, indent);
            }
            else if (text == "end" || text.StartsWith("else", StringComparison.Ordinal))
            {
                return text;
            }
            else if (text.StartsWith("if ", StringComparison.Ordinal) || text.StartsWith("if(", StringComparison.Ordinal))
            {
                If(text[2..], tagIndent, prints);
            }
            else if (prints && !text.StartsWith('#'))
            {
                Write(Say(Evaluate(text)), tagIndent);
            }
        }

        return "";
    }

    private void If(string condition, string indent, bool prints)
    {
        var holds = IsTrue(Evaluate(condition));
        var done = holds;
        while (true)
        {
            next++;
            var end = Block(indent, prints && holds);
            if (end == "end") return;
            var rest = end["else".Length..].Trim();
            holds = !done && (rest.Length == 0 || IsTrue(Evaluate(rest[2..])));
            done |= holds;
        }
    }

    private void Write(string text, string indent)
    {
        foreach (var line in text.Split('\n').Select((line, number) => number == 0 ? line : "\n" + line))
        {
            var words = line;
            if (words.StartsWith('\n'))
            {
                if (atLineStart) output.Append(indent);
                output.Append('\n');
                atLineStart = true;
                words = words[1..];
            }

            if (words.Length == 0) continue;
            if (atLineStart) output.Append(indent);
            output.Append(words);
            atLineStart = false;
        }
    }

    private static string Say(object? value) => value switch { null => "", true => "true", false => "false", _ => (string)value };

    private static bool IsTrue(object? value) => value is not (null or false);

    private object? Evaluate(string code)
    {
        var position = 0;
        return Operator(Tokens(code), ref position, 0);
    }

    private object? Operator(List<string> tokens, ref int position, int rank)
    {
        string[][] ranks = [["??"], ["||"], ["&&"], ["==", "!="]];
        if (rank == ranks.Length) return Operand(tokens, ref position);
        var left = Operator(tokens, ref position, rank + 1);
        while (position < tokens.Count && ranks[rank].Contains(tokens[position]))
        {
            var sign = tokens[position++];
            var right = Operator(tokens, ref position, rank + 1);
            left = sign switch
            {
                "??" => left ?? right,
                "||" => IsTrue(left) || IsTrue(right),
                "&&" => IsTrue(left) && IsTrue(right),
                "==" => Equals(left, right),
                _ => !Equals(left, right),
            };
        }

        return left;
    }

    private object? Operand(List<string> tokens, ref int position)
    {
        var token = tokens[position++];
        if (token == "!") return !IsTrue(Operand(tokens, ref position));
        if (token[0] is '"' or '\'') return Unescape(token[1..^1]);
        if (token != "(") return valueOf(token);
        var value = Operator(tokens, ref position, 0);
        position++;
        return value;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\')
            {
                result.Append(text[index]);
                continue;
            }

            index++;
            var digits = text[index] switch { 'u' => 4, 'x' => 2, _ => 0 };
            result.Append(text[index] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\b',
                'f' => '\f',
                'v' => '\v',
                '0' => '\0',
                'u' or 'x' => (char)int.Parse(text.AsSpan(index + 1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                var other => other,
            });
            index += digits;
        }

        return result.ToString();
    }

    private static List<string> Tokens(string code)
    {
        var tokens = new List<string>();
        for (var index = 0; index < code.Length;)
        {
            var start = index++;
            if (char.IsWhiteSpace(code[start])) continue;
            if (code[start] == '#') break;
            if (code[start] is '"' or '\'')
            {
                while (code[index] != code[start]) index += code[index] == '\\' ? 2 : 1;
                index++;
            }
            else if (char.IsLetter(code[start]))
            {
                while (index < code.Length && (char.IsLetter(code[index]) || code[index] is '.' or '_')) index++;
            }
            else if (code[start] is '?' or '|' or '&' or '=' || (code[start] == '!' && code[index] == '='))
            {
                index++;
            }

            tokens.Add(code[start..index]);
        }

        return tokens;
    }
}
