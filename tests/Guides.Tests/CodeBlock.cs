using System.Text.RegularExpressions;

namespace Guides.Tests;

/// <summary>A block of C# in a guide: the namespaces it says first, and the code, as lines without their indentation.</summary>
internal sealed partial class CodeBlock
{
    public CodeBlock(string text)
    {
        var lines = Lines(text);
        Usings = [.. lines.TakeWhile(line => Using().IsMatch(line))];
        Code = lines[Usings.Length..];
    }

    public string[] Usings { get; }

    public string[] Code { get; }

    /// <summary>The names in the code that can be types: not what is a member, a property that is set, or text.</summary>
    public IReadOnlySet<string> Types => field ??= Names(Type());

    /// <summary>What is called on something, extensions among it.</summary>
    public IReadOnlySet<string> Calls => field ??= Names(Call());

    public static string[] Lines(string code) => [.. code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private HashSet<string> Names(Regex what) =>
        [.. what.Matches(Comment().Replace(Literal().Replace(string.Join('\n', Code), "\"\""), "")).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^using (static )?[\w.]+;$")]
    public static partial Regex Using();

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""")]
    private static partial Regex Literal();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)(?!\w)(?!\s*=[^=>])(?!\s*:(?!:))")]
    private static partial Regex Type();

    [GeneratedRegex(@"\.(\w+)\s*[(<]")]
    private static partial Regex Call();
}
