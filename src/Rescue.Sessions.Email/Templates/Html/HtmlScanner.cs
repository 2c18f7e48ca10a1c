using System.Buffers;

namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>
/// Follows the markup of a template from piece to piece of text, as a browser's tokenizer would, so that every value can be encoded for
/// the place it stands in. One pass, no recursion, and a state small enough to be kept for every branch.
/// </summary>
internal sealed class HtmlScanner(HtmlRules rules)
{
    private const string WhiteSpace = " \t\r\n\f";

    private static readonly SearchValues<char> EndOfName = SearchValues.Create(WhiteSpace + "/>");
    private static readonly SearchValues<char> EndOfAttributeName = SearchValues.Create(WhiteSpace + "/>=");
    private static readonly SearchValues<char> EndOfUnquotedValue = SearchValues.Create(WhiteSpace + ">");

    /// <summary>Reads a piece of text that begins at an offset of the source.</summary>
    public void Read(ReadOnlySpan<char> text, int offset, ref HtmlState state)
    {
        for (var position = 0; position < text.Length;)
        {
            position = state.Mode switch
            {
                HtmlMode.Text => ReadText(text, position, offset, ref state),
                HtmlMode.Tag => ReadTag(text, position, offset, ref state),
                HtmlMode.AfterAttributeName => ReadAfterName(text, position, ref state),
                HtmlMode.BeforeAttributeValue => ReadBeforeValue(text, position, ref state),
                HtmlMode.DoubleQuotedValue => ReadQuoted(text, position, offset, '"', ref state),
                HtmlMode.SingleQuotedValue => ReadQuoted(text, position, offset, '\'', ref state),
                HtmlMode.UnquotedValue => ReadUnquoted(text, position, offset, ref state),
                HtmlMode.Comment => ReadComment(text, position, ref state),
                HtmlMode.Declaration => ReadDeclaration(text, position, ref state),
                HtmlMode.RawText => ReadRawText(text, position, offset, ref state),
                // A name that a tag of the template cut in two was reported there; what follows cannot be understood.
                _ => text.Length,
            };
        }
    }

    private int ReadText(ReadOnlySpan<char> text, int position, int offset, ref HtmlState state)
    {
        var length = text[position..].IndexOf('<');
        var end = length < 0 ? text.Length : position + length;
        HtmlRules.OnText(text[position..end], ref state);
        return end == text.Length ? end : ReadLessThan(text, end, offset, ref state);
    }

    private int ReadLessThan(ReadOnlySpan<char> text, int position, int offset, ref HtmlState state)
    {
        state.Start = offset + position;
        var isEndTag = position + 1 < text.Length && text[position + 1] == '/';
        var name = position + (isEndTag ? 2 : 1);
        if (name >= text.Length)
            return Leave(ref state, HtmlMode.TagOpen, text.Length);
        if (char.IsAsciiLetter(text[name]))
            return ReadName(text, name, isEndTag, ref state);
        if (isEndTag || text[name] is '!' or '?')
            return ReadMarkup(text, name, ref state);
        HtmlRules.OnText("<", ref state);
        return name;
    }

    /// <summary>A comment or another declaration.</summary>
    private static int ReadMarkup(ReadOnlySpan<char> text, int position, ref HtmlState state)
    {
        var rest = text[position..];
        if (rest.StartsWith("!-->", StringComparison.Ordinal))
            return Leave(ref state, HtmlMode.Text, position + 4);
        if (rest.StartsWith("!--->", StringComparison.Ordinal))
            return Leave(ref state, HtmlMode.Text, position + 5);
        if (rest.StartsWith("!--", StringComparison.Ordinal))
            return Leave(ref state, HtmlMode.Comment, position + 3);
        // Cut off here, it might still become a comment.
        if ("!--".StartsWith(rest, StringComparison.Ordinal))
            return Leave(ref state, HtmlMode.TagOpen, text.Length);
        return Leave(ref state, HtmlMode.Declaration, position);
    }

    private int ReadName(ReadOnlySpan<char> text, int position, bool isEndTag, ref HtmlState state)
    {
        var length = text[position..].IndexOfAny(EndOfName);
        if (length < 0)
            return Leave(ref state, HtmlMode.TagOpen, text.Length);
        state.Mode = HtmlMode.Tag;
        state.IsEndTag = isEndTag;
        rules.OnTag(text.Slice(position, length), ref state);
        return position + length;
    }

    private int ReadTag(ReadOnlySpan<char> text, int position, int offset, ref HtmlState state)
    {
        if (text[position] == '>')
        {
            state.Mode = HtmlMode.Text;
            rules.OnTagEnd(ref state);
            return position + 1;
        }

        if (text[position] == '/' || WhiteSpace.Contains(text[position], StringComparison.Ordinal))
            return position + 1;
        // A name may begin with an equals sign.
        var length = text[(position + 1)..].IndexOfAny(EndOfAttributeName);
        if (length < 0)
            return Leave(ref state, HtmlMode.AttributeName, text.Length);
        rules.OnAttribute(text.Slice(position, length + 1), offset + position, ref state);
        return Leave(ref state, HtmlMode.AfterAttributeName, position + 1 + length);
    }

    private static int ReadAfterName(ReadOnlySpan<char> text, int position, ref HtmlState state)
    {
        if (WhiteSpace.Contains(text[position], StringComparison.Ordinal))
            return position + 1;
        if (text[position] == '=')
            return Leave(ref state, HtmlMode.BeforeAttributeValue, position + 1);
        return Leave(ref state, HtmlMode.Tag, position);
    }

    private static int ReadBeforeValue(ReadOnlySpan<char> text, int position, ref HtmlState state)
    {
        state.Url = HtmlUrlPhase.Empty;
        return text[position] switch
        {
            '"' => Leave(ref state, HtmlMode.DoubleQuotedValue, position + 1),
            '\'' => Leave(ref state, HtmlMode.SingleQuotedValue, position + 1),
            '>' => Leave(ref state, HtmlMode.Tag, position),
            _ when WhiteSpace.Contains(text[position], StringComparison.Ordinal) => position + 1,
            _ => Leave(ref state, HtmlMode.UnquotedValue, position),
        };
    }

    private int ReadQuoted(ReadOnlySpan<char> text, int position, int offset, char quote, ref HtmlState state)
    {
        var length = text[position..].IndexOf(quote);
        var end = length < 0 ? text.Length : position + length;
        rules.OnValue(text[position..end], offset + position, ref state);
        if (length < 0)
            return end;
        rules.OnValueEnd(offset + position, state);
        return Leave(ref state, HtmlMode.Tag, end + 1);
    }

    private int ReadUnquoted(ReadOnlySpan<char> text, int position, int offset, ref HtmlState state)
    {
        var length = text[position..].IndexOfAny(EndOfUnquotedValue);
        var end = length < 0 ? text.Length : position + length;
        rules.OnValue(text[position..end], offset + position, ref state);
        return length < 0 ? end : Leave(ref state, HtmlMode.Tag, end);
    }

    private static int ReadComment(ReadOnlySpan<char> text, int position, ref HtmlState state)
    {
        while (text[position..].IndexOf("--") is >= 0 and var dashes)
        {
            position += dashes + 2;
            var rest = text[position..];
            if (rest.StartsWith(">", StringComparison.Ordinal))
                return Leave(ref state, HtmlMode.Text, position + 1);
            if (rest.StartsWith("!>", StringComparison.Ordinal))
                return Leave(ref state, HtmlMode.Text, position + 2);
            // Three dashes end a comment too.
            position--;
        }

        return text.Length;
    }

    private static int ReadDeclaration(ReadOnlySpan<char> text, int position, ref HtmlState state)
    {
        var length = text[position..].IndexOf('>');
        return length < 0 ? text.Length : Leave(ref state, HtmlMode.Text, position + length + 1);
    }

    /// <summary>Reads up to the end tag of the element that the text is in.</summary>
    private int ReadRawText(ReadOnlySpan<char> text, int position, int offset, ref HtmlState state)
    {
        var start = position;
        while (text[position..].IndexOf("</") is >= 0 and var place)
        {
            position += place;
            var rest = text[(position + 2)..];
            var length = rest.IndexOfAny(EndOfName);
            if (length < 0 || HtmlElements.NumberOf(rest[..length]) != state.ElementNumber)
            {
                position += 2;
                continue;
            }

            rules.OnRawText(text[start..position], offset + start, ref state);
            state.Start = offset + position;
            return ReadName(text, position + 2, isEndTag: true, ref state);
        }

        rules.OnRawText(text[start..], offset + start, ref state);
        var open = text[start..].LastIndexOf('<');
        state.MayBeginEndTag = open >= 0 && text[(start + open)..].TrimStart("</").IndexOfAny(EndOfName) < 0;
        return text.Length;
    }

    private static int Leave(ref HtmlState state, HtmlMode mode, int position)
    {
        state.Mode = mode;
        return position;
    }
}
