using CsCheck;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Makes random templates that are correct, and random values for them.</summary>
internal static class TemplateGenerator
{
    private static readonly Gen<string> Raw = Gen.OneOf(
        "", " ", "\n", "\r\n", "  \n", "\n  ", "\n\t", "\n\n   ", "a", "Hello ", "é", "}}", "}", "{ { ", "{.", "%}", "#", "<p>", "</p>\n", "x\n  y\n", "日本");

    private static readonly Gen<string> Literal = Gen.OneOf(
        "\"\"", "''", "\"macos\"", "'iOS'", "\"}}\"", "'{{'", "\"a \\\"b\\\"\"", "'it\\'s'", "\"l1\\nl2\"", "'\\u00e9\\x41\\t'", "\"\\\\\"");

    private static readonly Gen<string> Name = Gen.OneOf(
        [.. TemplatePlaceholder.All.Where(placeholder => placeholder.Kind == TemplatePlaceholderKind.Text).Select(placeholder => placeholder.Name)]);

    /// <summary>What a function may take: anything but the link and the PIN.</summary>
    private static readonly Gen<string> Piped = Gen.OneOf(
        "customer.name", "technician.name", "organization.name", "session.reference", "fields.field1", "\"a b,c\"", "'x'");

    private static readonly Gen<string> Function = Gen.OneOf(
        "string.upcase", "string.downcase", "string.capitalize", "string.strip", "string.append '!'", "string.prepend 'a '", "string.truncate 3",
        "string.pad_left 9", "string.replace 'a' 'bb'", "string.upcase | string.remove 'A'", "string.slice 1 2");

    private static readonly Gen<string> Space = Gen.OneOf("", " ", "  ", "\t");

    private static readonly Gen<char> Mark = Gen.Frequency((4, Gen.Const(' ')), (1, Gen.Const('-')), (1, Gen.Const('~')));

    public static Gen<string> Template { get; } = Body(3);

    public static Gen<TemplateValues> Values { get; } =
        from text in Gen.OneOf("", "Ada", "macos", "iOS", "A & B <i>", "é").Array[8]
        from missing in Gen.Bool.Array[4]
        from mobile in Gen.Bool
        select new TemplateValues
        {
            CustomerName = text[0],
            TechnicianName = missing[0] ? null : text[1],
            TechnicianEmail = missing[1] ? null : text[2],
            OrganizationName = text[3],
            LinkUrl = "https://h.example/x",
            LinkExpiresAt = text[4],
            LinkMinutesLeft = text[5],
            LinkExpires = TemplateValues.Sample.LinkExpires,
            PinCode = text[6],
            SessionReference = missing[2] ? null : text[7],
            DevicePlatform = missing[3] ? null : "macos",
            DeviceMobile = mobile,
        };

    public static object? ValueOf(this TemplateValues values, string name) =>
        values.ValueAt(TemplatePlaceholder.IndexOf(name), TemplateNames.BuiltIn);

    private static Gen<string> Body(int depth) => Piece(depth).Array[0, 5].Select(string.Concat);

    private static Gen<string> Piece(int depth)
    {
        var print = Text(2).SelectMany(Tag);
        var comment = Gen.OneOf("# note", "## note ##", "##a # b##").SelectMany(Tag);
        return depth == 0 ? Gen.OneOf(Raw, print, comment) : Gen.Frequency((3, Raw), (3, print), (1, comment), (2, If(depth)));
    }

    private static Gen<string> If(int depth) =>
        from condition in Any(2)
        from first in Tag("if " + condition)
        from then in Body(depth - 1)
        from others in ElseIf(depth).Array[0, 2]
        from last in Gen.OneOf(Gen.Const(""), Gen.Select(Tag("else"), Body(depth - 1), string.Concat))
        from end in Tag("end")
        select first + then + string.Concat(others) + last + end;

    private static Gen<string> ElseIf(int depth) =>
        from condition in Any(2)
        from tag in Tag("else if " + condition)
        from body in Body(depth - 1)
        select tag + body;

    private static Gen<string> Tag(string code) =>
        from before in Mark
        from after in Mark
        from space in Space
        select "{{" + (before == ' ' ? "" : before) + space + " " + code + " " + space + (after == ' ' ? "" : after) + "}}";

    private static Gen<string> Any(int depth) => Gen.OneOf(Text(depth), Condition(depth));

    private static Gen<string> Text(int depth) => depth == 0
        ? Gen.OneOf(Name, Literal)
        : Gen.OneOf(
            Name,
            Literal,
            Binary(Text(depth - 1), Gen.Const("??"), Text(depth - 1)),
            Binary(Piped, Gen.Const("|"), Function).Select(piped => $"({piped})"),
            Gen.Select(Piped, Piped).Select(pair => $"(device.mobile ? ({pair.Item1}) : ({pair.Item2}))"),
            Gen.Select(Piped, Piped).Select(pair => $"(({pair.Item1}) + ({pair.Item2}))"),
            Piped.Select(piped => $"$\"a {{{piped}}} b\""),
            Text(depth - 1).Select(text => $"({text})"));

    private static Gen<string> Condition(int depth) => depth == 0
        ? Gen.OneOf(Gen.Const("device.mobile"), Name.Select(name => "!" + name))
        : Gen.OneOf(
            Gen.Const("device.mobile"),
            Any(depth - 1).Select(any => $"!({any})"),
            Condition(depth - 1).Select(condition => $"!!!({condition})"),
            Binary(Operand(depth - 1), Gen.OneOf("==", "!="), Operand(depth - 1)),
            Binary(Logical(depth - 1), Gen.OneOf("&&", "||"), Logical(depth - 1)));

    /// <summary>Binds tighter than a comparison.</summary>
    private static Gen<string> Operand(int depth) => Gen.OneOf(Name, Literal, Text(depth).Select(text => $"({text})"));

    /// <summary>Binds tighter than <c>??</c>.</summary>
    private static Gen<string> Logical(int depth) => Gen.OneOf(Name, Condition(depth), Any(depth).Select(any => $"({any})"));

    private static Gen<string> Binary(Gen<string> left, Gen<string> sign, Gen<string> right) =>
        from l in left
        from s in sign
        from r in right
        from space in Space
        select $"{l}{space} {s} {space}{r}";
}
