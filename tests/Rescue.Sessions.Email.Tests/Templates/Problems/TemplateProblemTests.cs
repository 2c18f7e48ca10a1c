using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Email.Templates;

public sealed class TemplateProblemTests
{
    private const string Link = "{{ link.url }}";

    /// <summary>A template for every code: the code, the part it is found in, and the source of that part.</summary>
    public static TheoryData<string, TemplatePart, string> Examples { get; } = new()
    {
        { "more-problems", TemplatePart.Text, string.Concat(Enumerable.Repeat("{{ end }}", 60)) },
        { "source-too-large", TemplatePart.Text, Link + new string('x', 65536) },
        { "source-too-large", TemplatePart.Html, Link + new string('é', 32768) },
        { "output-too-large", TemplatePart.Text, string.Concat(Enumerable.Repeat("{{ fields.field1 }}", 300)) + Link },
        { "output-too-large", TemplatePart.Text, Link + "\n" + string.Concat(Enumerable.Repeat("x\n\n", 20_000)) },
        { "output-too-large", TemplatePart.Text, Link + "\n" + new string(' ', 2000) + "{{ if device.mobile }}" + new string('\n', 2000) + "{{ end }}" },
        { "too-many-pieces", TemplatePart.Text, Link + string.Concat(Enumerable.Repeat(" {{ pin.code }}", 2000)) },
        { "too-many-pieces", TemplatePart.Html, Link + string.Concat(Enumerable.Repeat("{{''}}", 10_000)) },
        { "number-too-large", TemplatePart.Text, Link + " {{ 1e999999999 }}" },
        { "number-too-large", TemplatePart.Text, Link + " {{ 1.5e9 }}" },
        { "number-too-large", TemplatePart.Text, Link + " {{ 0x" + new string('f', 5000) + " }}" },
        { "control-character", TemplatePart.Text, Link + "\u0007" },
        { "control-character", TemplatePart.Html, Link + "\u0000" },
        { "control-character", TemplatePart.Text, Link + "a\rb" },
        { "control-character", TemplatePart.Text, Link + "{{ technician.name ?? \"\\uD800\" }}" },
        { "unclosed-tag", TemplatePart.Text, Link + "{{ customer.name" },
        { "unclosed-tag", TemplatePart.Text, "{{ customer.name " + Link },
        { "unclosed-string", TemplatePart.Text, Link + "{{ technician.name ?? 'Support }}" },
        { "unclosed-comment", TemplatePart.Text, Link + "{{## note }}" },
        { "unclosed-comment", TemplatePart.Text, Link + "{{ ## note # }} ##}}" },
        { "unclosed-comment", TemplatePart.Text, Link + "{{### }}" },
        { "unclosed-comment", TemplatePart.Text, Link + "{{ ## note" },
        { "unclosed-parenthesis", TemplatePart.Text, Link + "{{ if (device.mobile }}x{{ end }}" },
        { "bad-escape", TemplatePart.Text, Link + "{{ technician.name ?? \"\\q\" }}" },
        { "syntax", TemplatePart.Text, Link + " {{ technician.name ?? }}" },
        { "unknown-name", TemplatePart.Text, Link + "{{ Customer.Name }}" },
        { "unknown-function", TemplatePart.Text, Link + " {{ customer.name | upcase }}" },
        { "unknown-function", TemplatePart.Text, Link + " {{ customer.name | regex.escape }}" },
        { "unknown-name", TemplatePart.Text, Link + " {{ date.now | date.to_string '%F' }}" },
        { "unknown-function", TemplatePart.Text, Link + " {{ include 'x' }}" },
        { "unknown-function", TemplatePart.Text, Link + " {{ object.eval '1' }}" },
        { "no-function", TemplatePart.Text, Link + " {{ customer.name customer.name }}" },
        { "function-arguments", TemplatePart.Text, Link + " {{ customer.name | string.pad_left 100000 }}" },
        { "function-arguments", TemplatePart.Text, Link + " {{ customer.name | string.pad_left (customer.name | string.size) }}" },
        { "function-arguments", TemplatePart.Text, Link + " {{ link.expires | date.to_string '%Z' }}" },
        { "function-arguments", TemplatePart.Text, Link + " {{ customer.name | string.replace '' 'x' }}" },
        { "divisor", TemplatePart.Text, Link + " {{ 1 / (customer.name | string.size) }}" },
        { "not-allowed", TemplatePart.Text, Link + " {{ for x in 1..9 }}{{ x }}{{ end }}" },
        { "not-allowed", TemplatePart.Text, Link + " {{ while true }}{{ end }}" },
        { "not-allowed", TemplatePart.Text, Link + " {{ func f; end }}" },
        { "not-allowed", TemplatePart.Text, Link + " {{ [1, 2] }}" },
        { "not-allowed", TemplatePart.Text, Link + " {{ 1 << 9 }}" },
        { "given-name", TemplatePart.Text, Link + " {{ customer = 1 }}" },
        { "whole-list", TemplatePart.Text, Link + " {{ customer.name | string.split ' ' }}" },
        { "expression-too-large", TemplatePart.Text, Link + " {{ fields.field1 | string.replace 'a' '" + new string('x', 900) + "' }}" },
        { "expression-too-large", TemplatePart.Text, Link + " {{ " + string.Concat(Enumerable.Repeat("1 + ", 300)) + "1 }}" },
        { "evaluation-failed", TemplatePart.Text, Link + " {{ link.expires" + string.Concat(Enumerable.Repeat(" | date.add_years 9000", 1)) + " | date.to_string '%F' }}" },
        { "link-touched", TemplatePart.Text, "x{{ link.url }}y" },
        { "link-touched", TemplatePart.Text, "http://{{ link.url }}" },
        { "link-touched", TemplatePart.Text, "{{ link.url }}{{ pin.code }}" },
        { "link-touched", TemplatePart.Text, "{{ link.url }}&x=1" },
        { "link-touched", TemplatePart.Html, "<p>x{{ link.url }}</p>" },
        { "secret-used", TemplatePart.Text, Link + " {{ pin.code | string.upcase }}" },
        { "secret-used", TemplatePart.Text, Link + " {{ a = link.url; a }}" },
        { "secret-used", TemplatePart.Text, Link + " {{ 'x' + pin.code }}" },
        { "secret-used", TemplatePart.Text, Link + " {{ link.decline | string.upcase }}" },
        { "subject-can-be-empty", TemplatePart.Subject, "{{ session.reference }}" },
        { "subject-can-be-empty", TemplatePart.Subject, "{{ if device.mobile }}Help{{ end }}" },
        { "subject-grows", TemplatePart.Subject, "Help {{ fields.field1 }}" },
        { "html-braces-encoded", TemplatePart.Html, Link + "<a href=\"%7B%7Blink%7D%7D\">x</a>" },
        { "html-href-nowhere", TemplatePart.Html, Link + "<a href=\"\">x</a>" },
        { "html-href-nowhere", TemplatePart.Html, Link + "<a href=\"#\">x</a>" },
        { "type-mismatch", TemplatePart.Text, Link + "{{ if device.mobile == 'true' }}{{ end }}" },
        { "type-mismatch", TemplatePart.Text, Link + "{{ technician.name ?? device.mobile }}" },
        { "too-deep", TemplatePart.Text, Link + Nested(17) },
        { "too-deep", TemplatePart.Text, Link + "{{ " + new string('(', 17) + "pin.code" + new string(')', 17) + " }}" },
        { "unclosed-block", TemplatePart.Text, Link + "{{ if device.mobile }}" },
        { "stray-end", TemplatePart.Text, Link + "{{ end }}" },
        { "stray-else", TemplatePart.Text, Link + "{{ else }}" },
        { "else-after-else", TemplatePart.Text, Link + "{{ if device.mobile }}{{ else }}{{ else }}{{ end }}" },
        { "link-missing", TemplatePart.Text, "Hello" },
        { "link-missing", TemplatePart.Html, "<p>Hello</p>" },
        { "link-missing", TemplatePart.Text, "{{ technician.email ?? link.url }}" },
        { "link-in-branch", TemplatePart.Text, "{{ if device.mobile }}{{ link.url }}{{ end }}" },
        { "link-in-branch", TemplatePart.Text, "{{ if device.mobile }}{{ link.url }}{{ else if technician.name }}{{ link.url }}{{ end }}" },
        { "link-in-comment", TemplatePart.Text, "{{ # link.url }}" },
        { "link-in-branch", TemplatePart.Html, "{{ if device.mobile }}{{ link.url }}<a href=\"{{ link.url }}\">{{ end }}Open</a>" },
        { "link-hidden", TemplatePart.Html, "<p style=\"color:red; display : none\">{{ link.url }}</p>" },
        { "link-hidden", TemplatePart.Html, "<p style='visibility:hidden'>{{ link.url }}</p>" },
        { "link-hidden", TemplatePart.Html, "<p hidden><b>{{ link.url }}</b></p>" },
        { "link-hidden", TemplatePart.Html, "<p style=\"font-size:0px\">{{ link.url }}</p>" },
        { "link-hidden", TemplatePart.Html, "<table width=0><td>{{ link.url }}</table>" },
        { "link-hidden", TemplatePart.Html, "<p aria-hidden=\"true\">{{ link.url }}</p>" },
        { "link-hidden", TemplatePart.Html, "<p style=\"disp\\lay:none\">{{ link.url }}</p>" },
        { "link-hidden", TemplatePart.Html, "<p style=\"text-indent:-9999px\">{{ link.url }}</p>" },
        { "link-hidden", TemplatePart.Html, "<!-- {{ link.url }} -->" },
        { "link-hidden", TemplatePart.Html, "<title>{{ link.url }}</title>" },
        { "link-hidden", TemplatePart.Html, "<head>{{ link.url }}</head><p>Hello</p>" },
        { "link-hidden", TemplatePart.Html, "<style>{{ link.url }}</style>" },
        { "link-hidden", TemplatePart.Html, "<script>{{ link.url }}</script>" },
        { "link-hidden", TemplatePart.Html, "<a href=\"{{ link.url }}\"> </a>" },
        { "link-hidden", TemplatePart.Html, "<a href=\"{{ link.url }}\" style=\"display:none\">Open</a>" },
        { "link-hidden", TemplatePart.Html, "<p title=\"{{ link.url }}\">Open</p>" },
        { "subject-empty", TemplatePart.Subject, " " },
        { "subject-line-break", TemplatePart.Subject, "Help\nme" },
        { "subject-line-break", TemplatePart.Subject, "Help{{ technician.name ?? \"\\n\" }}" },
        { "subject-line-break", TemplatePart.Subject, "Help{{ technician.name ?? \"\\u2028\" }}" },
        { "subject-too-long", TemplatePart.Subject, new string('x', 2001) },
        { "subject-long", TemplatePart.Subject, new string('x', 201) },
        { "subject-secret", TemplatePart.Subject, "Your PIN is {{ pin.code }}" },
        { "text-empty", TemplatePart.Text, " \n" },
        { "mailto-impossible", TemplatePart.Subject, new string('é', 400) },
        { "mailto-shortened", TemplatePart.Text, Link + new string(' ', 600) },
        { "html-placeholder-place", TemplatePart.Html, "<a href={{ link.url }}>Open</a>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<{{ customer.name }}>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<p {{ customer.name }}>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<p cla{{ if device.mobile }}ss{{ end }}>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<p style=\"color:{{ customer.name }}\">" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<style>{{ customer.name }}</style>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<!-- {{ customer.name }} -->" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<!{{ customer.name }}>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<img src=\"https://example.org/{{ customer.name }}\">" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<title></tit{{ # c }}le></title>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<title></tit                    {{- customer.name }}le></title>" },
        { "html-placeholder-place", TemplatePart.Html, Link + "<!-- -{{ # c }}- -->" },
        { "html-placeholder-place", TemplatePart.Html, "<a href=\"https://example.org/\" href=\"{{ link.url }}\">Open</a>" },
        { "html-url-start", TemplatePart.Html, Link + "<a href=\"{{ customer.name }}\">x</a>" },
        { "html-url-start", TemplatePart.Html, Link + "<a href=\"https://{{ customer.name }}/\">x</a>" },
        { "html-url-start", TemplatePart.Html, Link + "<a href=\"https://example.org/?u={{ link.url }}\">x</a>" },
        { "html-url-start", TemplatePart.Html, Link + "<a href=\"https://example.org/?u={{ link.decline }}\">x</a>" },
        { "html-link-altered", TemplatePart.Html, Link + "<a href=\"{{ link.decline }}&x=1\">x</a>" },
        { "html-link-altered", TemplatePart.Html, "<a href=\"{{ link.url }}&amp;from=mail\">Open</a>" },
        { "html-branches-differ", TemplatePart.Html, Link + "<p {{ if device.mobile }}title=\"{{ end }}x\">" },
        { "html-unclosed", TemplatePart.Html, Link + "<!-- note" },
        { "html-unclosed", TemplatePart.Html, Link + "<p class=\"x" },
        { "html-script", TemplatePart.Html, Link + "<SCRIPT src=x></SCRIPT>" },
        { "html-event-handler", TemplatePart.Html, Link + "<p onClick=\"x()\">" },
        { "html-unsafe-url", TemplatePart.Html, Link + "<a href=\" JavaScript:x()\">x</a>" },
        { "html-unsafe-url", TemplatePart.Html, Link + "<a href=\"java&#115;cript:x()\">x</a>" },
        { "html-unsafe-url", TemplatePart.Html, Link + "<a href=\"java\tscript:x()\">x</a>" },
        { "html-unsafe-url", TemplatePart.Html, Link + "<a href=data:text/html,x>x</a>" },
        { "html-form", TemplatePart.Html, Link + "<form action=\"https://example.org\"></form>" },
        { "html-embedded", TemplatePart.Html, Link + "<iframe></iframe>" },
        { "html-embedded", TemplatePart.Html, Link + "<object></object>" },
        { "html-embedded", TemplatePart.Html, Link + "<embed>" },
        { "html-document-control", TemplatePart.Html, Link + "<base href=\"https://example.org/\">" },
        { "html-document-control", TemplatePart.Html, Link + "<meta http-equiv=\"Refresh\">" },
        { "html-remote-content", TemplatePart.Html, Link + "<img src=\"https://example.org/pixel.gif\">" },
        { "html-remote-content", TemplatePart.Html, Link + "<p style=\"background:url('//example.org/x')\">" },
        { "html-hiding-style", TemplatePart.Html, Link + "<style>.x { display: none }</style>" },
    };

    /// <summary>64 KB are promised, however they are broken into lines of text.</summary>
    [Theory]
    [InlineData(1, 50_000)]
    [InlineData(700, 72)]
    [InlineData(100, 500)]
    public void Check_FiftyThousandPlainCharacters_AreTaken(int lines, int width)
    {
        var text = Link + string.Concat(Enumerable.Repeat("\n" + new string('x', width), lines));

        EmailTemplate.Check(new("Help", text)).Problems.Should().NotContain(problem => problem.Severity == TemplateProblemSeverity.Error);
        EmailTemplate.Check(new("Help", Link, $"<p><a href=\"{Link}\">Help</a></p>" + string.Concat(Enumerable.Repeat($"<p>{new string('x', width)}</p>\n", lines))))
            .Problems.Should().NotContain(problem => problem.Severity == TemplateProblemSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Check_Mistake_IsToldByItsCode(string code, TemplatePart part, string source)
    {
        var check = EmailTemplate.Check(new(
            part == TemplatePart.Subject ? source : "Help",
            part == TemplatePart.Text ? source : Link,
            part == TemplatePart.Html ? source : null));

        check.Problems.Should().Contain(problem => problem.Code == code && problem.Part == part);
        var kind = TemplateProblemKind.All.Single(kind => kind.Code == code);
        if (kind.Severity == TemplateProblemSeverity.Error)
            check.IsAccepted.Should().BeFalse();
        else
            check.IsAccepted.Should().BeTrue();
    }

    [Fact]
    public void Examples_Table_CoversEveryCode() =>
        Examples.Select(row => row.Data.Item1).Distinct().Should().BeEquivalentTo(TemplateProblemKind.All.Select(kind => kind.Code));

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Texts_EveryCode_HasMessageAndHintOfItsOwnLanguage(string language)
    {
        var texts = new ResourceManager("Rescue.Sessions.Email.Templates.TemplateProblemTexts", typeof(EmailTemplate).Assembly);
        var own = texts.GetResourceSet(CultureInfo.GetCultureInfo(language == "en" ? "" : language), createIfNotExists: true, tryParents: false)!;
        foreach (var kind in TemplateProblemKind.All)
        {
            own.GetString(kind.Code).Should().NotBeNullOrWhiteSpace(kind.Code);
            own.GetString(kind.Code + ".hint").Should().NotBeNullOrWhiteSpace(kind.Code);
        }
    }

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{{ if device.mobile }}", depth)) + string.Concat(Enumerable.Repeat("{{ end }}", depth));
}
