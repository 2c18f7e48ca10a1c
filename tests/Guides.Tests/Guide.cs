using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Guides.Tests;

/// <summary>A document, and the code that stands in it.</summary>
internal sealed partial class Guide(string path)
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    public string Text { get; } = File.ReadAllText(Path.Combine(Repository, path)).ReplaceLineEndings("\n");

    /// <summary>The blocks of C#.</summary>
    public IEnumerable<CodeBlock> Blocks => Block().Matches(Text).Select(match => new CodeBlock(match.Groups[1].Value));

    /// <summary>Links to files, as they are written.</summary>
    public IEnumerable<string> Links => Link().Matches(Text).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")]
    private static partial Regex Link();
}
