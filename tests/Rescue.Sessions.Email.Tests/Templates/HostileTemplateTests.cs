using System.Text;
using CsCheck;

namespace Rescue.Sessions.Email.Templates;

public sealed class HostileTemplateTests
{
    private const int MaxAllocation = 16 * 1024 * 1024;

    private static readonly string[] Fragments =
    [
        "{{", "}}", "-}}", "~}}", "{{-", "{{~", "{%{", "}%}", "{{ if device.mobile }}", "{{ else }}", "{{ else if technician.name }}", "{{ end }}",
        "{{ link.url }}", "{{ customer.name }}", "{{ technician.name ?? 'x' }}", "if", "else", "end", "link.url", "pin.code", "nobody", "customer.", "\"", "'",
        "\\", "\\n", "??", "==", "!=", "!", "&&", "||", "|", "(", ")", "#", "##", "{", "}", "<", ">", "</", "<!--", "-->", "<!", "<p ", "<a href=\"",
        "<a href='{{ link.url }}'>", "</a>", "\">", "<style>", "</style>", "<title>", "</title>", "<script", "style=\"display:none\"", "hidden", "=",
        "javascript:", "https://example.org/?", "&", "&#x6a;", " ", "\n", "\r\n", "\r", "\t", "\0", "é", "日本", "\uD83D\uDE00", "\uD83D", "x", "0",
    ];

    private static readonly Gen<string> Soup = Gen.OneOf(Fragments).Array[0, 60].Select(string.Concat);

    /// <summary>What is repeated up to the largest source allowed.</summary>
    public static TheoryData<string> Shapes { get; } =
    [
        "{{", "}}", "{{ ", "{{{", "{%{", "{%", "{", "{{ if device.mobile }}", "{{if''}}", "{{ end }}", "{{ else }}", "{{ else if pin.code }}", "{{ (", "((", "{{!", "!",
        "{{''}}", "{{'a'}}", "e??", "e==", "{{''??''}}", "{{''==''}}", "''??", "{{pin.code}}", "{{ link.url }}", "{{ nobody }}", "nobody ", "{{ # ", "{{##", "##", "{{ \"", "{{ '", "{{ \"\\",
        "\\\"", "{{\"\\\"}}", " \n", "\n{{ pin.code }}", "   {{~ pin.code ~}}   ", "{{-''-}} ", "a\r", "\0", "\uD83D", "日", "<", "</", "<!--", "--", "<!---", "<a ", "<a href=\"", "<p a",
        "<p a=", "<p a=b", "onx ", "<p onx=", "<div>", "<div hidden>", "</div>", "<style>", "</style", "</styl", "<script>", "<title></", "&", "<img src=//>", "style=\"x:\"", "<p style=\";;\">",
        "<a href=\"{{link.url}}\">x</a>", "<p {{if''}}a='{{else}}b='{{end}}x'>", "{{if''}}<p>{{else}}</p>{{end}}", "customer.nam ", "{{ customer.nam }}", "abcdefghijklmnopqrstuvwxyzabcdef ",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Check_LargestSource_IsCheap(string shape) => MeasureCheck(Repeat("", shape));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Check_LargestSourceWithinATag_IsCheap(string shape) => MeasureCheck(Repeat("{{ link.url }}{{ ", shape));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Check_LargestSourceWithinAnElement_IsCheap(string shape) => MeasureCheck(Repeat("<p title=\"", shape));

    [Fact]
    public void Check_RandomSoup_NeverThrowsAndNeverLosesTheLink() => Gen.Select(Soup, Soup, Soup).Sample(
        (subject, text, html) =>
        {
            var template = EmailTemplate.Check(new(subject, text, html));
            if (template.IsAccepted)
                RenderSafely(template);
            else
                template.Problems.Should().Contain(problem => problem.Severity == TemplateProblemSeverity.Error);
        },
        iter: 10_000);

    [Fact]
    public void Check_MutatedTemplate_NeverThrowsAndNeverLosesTheLink() =>
        (from source in Gen.OneOf(
            "<p>{{ customer.name }}</p><a href=\"{{ link.url }}\">{{ if device.mobile }}Tap{{ else }}Press{{ end }}</a>",
            "{{ if device.mobile }}<b title='{{ customer.name }}'>{{ link.url }}</b>{{ else }}{{ link.url }}{{ end }}<!-- x -->",
            "<div style=\"color:red\">{{ technician.name ?? \"x\" }} {{ link.url }}</div><style>p{}</style>")
         from places in Gen.Int[0, 200].Array[1, 4]
         from fragments in Gen.OneOf(Fragments).Array[4]
         from cut in Gen.Int[0, 12]
         select places.Zip(fragments).Aggregate(source, (text, change) => Mutate(text, change.First, change.Second, cut)))
        .Sample(
            html =>
            {
                var template = EmailTemplate.Check(new("x", "{{ link.url }}", html));
                if (template.IsAccepted)
                    RenderSafely(template);
            },
            iter: 10_000,
            print: html => html);

    private static void RenderSafely(EmailTemplate template)
    {
        foreach (var mobile in new[] { true, false })
        {
        foreach (var technician in new[] { "<b onclick='x'>\"`=&", null })
        {
            var message = template.Render(ValuesOf(technician, mobile));
            message.Subject.Should().NotContainAny("\r", "\n");
            Encoding.UTF8.GetByteCount(message.Text).Should().BeLessThanOrEqualTo(TemplateCompiler.MaxOutputBytes);
            Encoding.UTF8.GetByteCount(message.Html!).Should().BeLessThanOrEqualTo(TemplateCompiler.MaxOutputBytes);
            message.Text.Should().Contain("https://h.example/?a=1&b=2");
            message.Html.Should().Contain("https://h.example/?a=1&amp;b=2");
            // The same template with harmless values has the same markup: no value added or closed any.
            var harmless = template.Render(ValuesOf(technician is null ? null : "x", mobile));
            Markup(message.Html!).Should().Be(Markup(harmless.Html!));
        }
        }
    }

    private static TemplateValues ValuesOf(string? name, bool mobile) => new()
    {
        CustomerName = name ?? "x",
        TechnicianName = name,
        LinkUrl = "https://h.example/?a=1&b=2",
        LinkExpiresAt = "20:15",
        LinkMinutesLeft = "20",
        LinkExpires = TemplateValues.Sample.LinkExpires,
        PinCode = "012345",
        DeviceMobile = mobile,
    };

    private static string Markup(string html) => string.Concat(html.Where(character => character is '<' or '>' or '"' or '\''));

    private static string Mutate(string text, int place, string fragment, int cut)
    {
        place = Math.Min(place, text.Length);
        return text[..place] + fragment + text[Math.Min(text.Length, place + cut)..];
    }

    private static string Repeat(string start, string shape)
    {
        var builder = new StringBuilder(start);
        var bytes = Encoding.UTF8.GetByteCount(start);
        var step = Encoding.UTF8.GetByteCount(shape);
        for (; bytes + step <= TemplateCompiler.MaxSourceBytes; bytes += step)
            builder.Append(shape);
        return builder.ToString();
    }

    private static void MeasureCheck(string source)
    {
        foreach (var written in new EmailTemplateSource[] { new("x", source), new("x", "{{ link.url }}", source) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var template = EmailTemplate.Check(written);
            if (template.IsAccepted)
                template.Render(TemplateValues.Sample);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MaxAllocation);
        }
    }
}
