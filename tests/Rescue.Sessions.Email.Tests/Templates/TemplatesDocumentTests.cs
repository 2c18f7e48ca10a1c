using System.Globalization;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplatesDocumentTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly string Document = Read();

    [Fact]
    public void Document_Placeholders_AreThoseOfTheCode()
    {
        var rows = TemplatePlaceholder.All.Select(placeholder =>
            $"| `{placeholder.Name}` | {placeholder.Meaning(English)} | {Kind(placeholder)} | `{placeholder.Sample}` | {placeholder.MaxLength} |");

        Table("| Name | Meaning | Kind | Sample | Longest |").Should().Equal(rows);
    }

    [Fact]
    public void Document_Problems_AreThoseOfTheCode()
    {
        var problems = new ProblemCollector(English);
        var rows = TemplateProblemKind.All.Select(kind =>
            $"| `{kind.Code}` | {(kind.Severity == TemplateProblemSeverity.Error ? "error" : "warning")} | {problems.Say(kind.Code, "…", "…")} |");

        Table("| Code | Severity | Message |").Should().Equal(rows);
    }

    [Fact]
    public void Document_Functions_AreThoseOfTheCode()
    {
        var rows = TemplateFunction.All.Select(function =>
            $"| `{function.Name}` | {function.Meaning(English)} | <code>{function.Example.Replace("|", "&#124;", StringComparison.Ordinal)}</code> | `{function.Output}` |");

        Table("| Function | Meaning | Example | Prints |").Should().Equal(rows);
    }

    [Fact]
    public void Document_LineThatGoesWithItsValue_RendersAsItIsShown()
    {
        var section = Document[Document.IndexOf("### A line that goes with its value", StringComparison.Ordinal)..];
        var blocks = Regex.Matches(section, "^```\n(.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline).Select(block => block.Groups[1].Value).ToArray();
        var sample = TemplateValues.Sample;
        var without = new TemplateValues
        {
            CustomerName = sample.CustomerName, LinkUrl = sample.LinkUrl, LinkExpiresAt = sample.LinkExpiresAt, LinkMinutesLeft = sample.LinkMinutesLeft, PinCode = sample.PinCode,
            LinkExpires = sample.LinkExpires,
        };

        Render(sample).Should().Be(blocks[1]);
        Render(without).Should().Be(blocks[2]);

        string Render(TemplateValues values) => EmailTemplate.Check(new("Help", blocks[0])).Render(values).Text.ReplaceLineEndings("\n").TrimEnd('\n');
    }

    private static string Kind(TemplatePlaceholder placeholder) => placeholder.Kind switch
    {
        TemplatePlaceholderKind.Boolean => "yes or no",
        TemplatePlaceholderKind.Moment => "moment",
        TemplatePlaceholderKind.Link => placeholder.IsOptional ? "link, may be missing" : "link",
        _ => placeholder.IsOptional ? "text, may be missing" : "text",
    };

    private static IEnumerable<string> Table(string head) =>
        Document.Split('\n').SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|'));

    private static string Read()
    {
        using var reader = new StreamReader(typeof(TemplatesDocumentTests).Assembly.GetManifestResourceStream("templates.md")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
