namespace Rescue.Sessions.Email.Templates.Html;

/// <summary>Reads a <c>style</c> attribute just well enough to see whether it hides its element.</summary>
internal static class HtmlStyle
{
    /// <summary>Whether the element cannot be seen, or may not: what cannot be read is taken to hide.</summary>
    public static bool Hides(ReadOnlySpan<char> style)
    {
        // Escapes, comments and character references can spell a property in a way that only a browser reads.
        if (style.Contains('\\') || style.IndexOf("/*") >= 0 || style.IndexOf("&#") >= 0)
            return true;
        foreach (var range in style.Split(';'))
        {
            var declaration = style[range];
            var colon = declaration.IndexOf(':');
            if (colon > 0 && Hides(declaration[..colon].Trim(), declaration[(colon + 1)..].Trim()))
                return true;
        }

        return false;
    }

    /// <summary>Whether a size is nothing: <c>0</c>, <c>0px</c>, <c>.0em</c>, <c>0%</c>.</summary>
    public static bool IsZero(ReadOnlySpan<char> size)
    {
        var number = size.Trim().TrimStart('+');
        var end = number.IndexOfAnyExceptInRange('.', '9');
        number = end < 0 ? number : number[..end];
        return !number.IsEmpty && !number.ContainsAnyInRange('1', '9');
    }

    /// <summary>Whether a style loads something from elsewhere.</summary>
    public static bool IsRemote(ReadOnlySpan<char> style)
    {
        if (style.Contains("@import", StringComparison.OrdinalIgnoreCase))
            return true;
        while (style.IndexOf("url(", StringComparison.OrdinalIgnoreCase) is >= 0 and var place)
        {
            style = style[(place + 4)..];
            var url = style.TrimStart(" \t\r\n\"'");
            if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether a style sheet hides something; what, it does not find out.</summary>
    public static bool HidesSomething(ReadOnlySpan<char> sheet) =>
        HasDeclaration(sheet, "display", "none") || HasDeclaration(sheet, "visibility", "hidden");

    private static bool HasDeclaration(ReadOnlySpan<char> sheet, string property, string value)
    {
        while (sheet.IndexOf(property, StringComparison.OrdinalIgnoreCase) is >= 0 and var place)
        {
            sheet = sheet[(place + property.Length)..];
            var rest = sheet.TrimStart(" \t\r\n");
            if (rest.StartsWith(":", StringComparison.Ordinal) && rest[1..].TrimStart(" \t\r\n").StartsWith(value, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool Hides(ReadOnlySpan<char> property, ReadOnlySpan<char> value)
    {
        if (Is(property, "display"))
            return Begins(value, "none");
        if (Is(property, "visibility"))
            return Begins(value, "hidden") || Begins(value, "collapse");
        if (Is(property, "mso-hide"))
            return Begins(value, "all");
        if (Is(property, "color"))
            return Begins(value, "transparent");
        if (Is(property, "clip"))
            return Begins(value, "rect(0");
        if (Is(property, "transform"))
            return Begins(value, "scale(0)");
        if (Is(property, "text-indent") || Is(property, "left") || Is(property, "top") || Is(property, "margin-left"))
            return IsFarAway(value);
        return (Is(property, "opacity") || Is(property, "font-size") || Is(property, "font") || IsExtent(property)) && IsZero(value);
    }

    private static bool IsExtent(ReadOnlySpan<char> property)
    {
        if (property.StartsWith("max-", StringComparison.OrdinalIgnoreCase))
            property = property[4..];
        return Is(property, "width") || Is(property, "height");
    }

    /// <summary>Moved out of sight, as in <c>-9999px</c>.</summary>
    private static bool IsFarAway(ReadOnlySpan<char> value) =>
        value.Length > 3 && value[0] == '-' && !value[1..4].ContainsAnyExceptInRange('0', '9');

    private static bool Is(ReadOnlySpan<char> word, string expected) => word.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static bool Begins(ReadOnlySpan<char> value, string expected) => value.StartsWith(expected, StringComparison.OrdinalIgnoreCase);
}
