using System.Text.RegularExpressions;

namespace Guides.Tests;

/// <summary>A file that the build compiles, from which guides take their blocks.</summary>
internal sealed partial class CompiledFile(string path)
{
    private readonly string[] lines = CodeBlock.Lines(File.ReadAllText(path));

    /// <summary>What the file can name without saying where it is: by its usings, and by standing in a namespace.</summary>
    public string[] Usings => field ??=
    [
        .. lines.Where(line => CodeBlock.Using().IsMatch(line)),
        .. lines.Select(line => Namespace().Match(line)).Where(match => match.Success).SelectMany(match => Enclosing(match.Groups[1].Value)).Select(name => $"using {name};"),
    ];

    public bool Has(CodeBlock block) =>
        Enumerable.Range(0, Math.Max(0, lines.Length - block.Code.Length + 1)).Any(at => lines.AsSpan(at, block.Code.Length).SequenceEqual(block.Code));

    private static IEnumerable<string> Enclosing(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
            yield return name[..end];
    }

    [GeneratedRegex(@"^namespace ([\w.]+);$")]
    private static partial Regex Namespace();
}
