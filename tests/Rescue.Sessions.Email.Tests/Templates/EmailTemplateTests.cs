using System.Globalization;

namespace Rescue.Sessions.Email.Templates;

public sealed class EmailTemplateTests
{
    private static readonly TemplateValues Values = TemplateValues.Sample;

    [Fact]
    public void Check_GoodTemplate_RendersEveryPart()
    {
        var template = Accept(new("Help for {{ customer.name }}", "Open {{ link.url }}", "<p>{{ customer.name }}</p><a href=\"{{ link.url }}\">Open</a>"));

        var message = template.Render(Values);

        message.Subject.Should().Be("Help for Ada Lovelace");
        message.Text.Should().Be("Open " + Values.LinkUrl);
        message.Html.Should().Be($"<p>Ada Lovelace</p><a href=\"{Values.LinkUrl.Replace("&", "&amp;", StringComparison.Ordinal)}\">Open</a>");
    }

    [Fact]
    public void Check_SeveralMistakes_TellsAllAtTheirPlaces()
    {
        var check = EmailTemplate.Check(
            new("{{ custmer.name }}", "one\ntwo {{ if }}\n{{ link.url }}\n  {{ end }} {{ end }}", "<p>{{ link.url }}</p><script>"),
            CultureInfo.GetCultureInfo("en"));

        check.IsAccepted.Should().BeFalse();
        check.Problems.Select(problem => (problem.Part, problem.Line, problem.Column, problem.Code)).Should().Equal(
            (TemplatePart.Subject, 1, 4, "unknown-name"),
            (TemplatePart.Text, 4, 16, "stray-end"),
            (TemplatePart.Html, 1, 22, "html-script"),
            (TemplatePart.Html, 1, 22, "html-unclosed"));
        check.Problems[0].Hint.Should().Be("Did you mean customer.name?");
    }

    [Fact]
    public void Check_InFrench_SaysProblemsInFrench()
    {
        var problem = EmailTemplate.Check(new("x", "{{ lnk.url }}"), CultureInfo.GetCultureInfo("fr-CA")).Problems[^1];

        problem.Message.Should().Be("Il n’existe pas de champ nommé « lnk.url ».");
        problem.Hint.Should().Be("Vouliez-vous dire link.url ?");
    }

    [Fact]
    public void Check_MoreThanFiftyProblems_SaysThatThereAreMore()
    {
        var problems = EmailTemplate.Check(new("x", string.Concat(Enumerable.Repeat("{{ nobody }}", 500)))).Problems;

        problems.Should().HaveCount(50);
        problems[^1].Code.Should().Be("more-problems");
    }

    [Theory]
    [InlineData("")]
    [InlineData("english language")]
    [InlineData("e")]
    public void Check_NoLanguageTag_IsAMistakeOfTheCaller(string language)
    {
        var act = () => EmailTemplate.Check(new("x", "{{ link.url }}") { Language = language });

        act.Should().Throw<ArgumentException>().WithMessage("*Language*BCP 47*");
    }

    [Fact]
    public void Render_BadTemplate_NamesTheFirstErrorWithoutTheText()
    {
        var template = EmailTemplate.Check(new("x", "secret {{ nobody }}"));

        template.Invoking(bad => bad.Render(Values)).Should().Throw<InvalidOperationException>().WithMessage("*Text*line 1*link-missing*administrator*")
            .Which.Message.Should().NotContain("secret");
    }

    [Fact]
    public void Render_NamesAndConditions_AllocatesTheMessageAlone()
    {
        var template = Accept(new("Help {{ customer.name ?? 'you' }}", InvitationText, "<p>{{ if device.mobile }}Tap{{ else }}Press{{ end }} {{ link.url }}</p>"));
        RenderedEmail? message = null;
        var allocated = 0L;

        for (var round = 0; round < 200; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            message = template.Render(Values);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        allocated.Should().BeLessThan(1024 + (2 * (message!.Subject.Length + message.Text.Length + message.Html!.Length)));
    }

    [Theory]
    [InlineData("{{ if device.mobile }}{{ link.url }}{{ else }}{{ link.url }}{{ end }}")]
    [InlineData("{{ if device.mobile }}{{ link.url }}{{ else if technician.name }}{{ link.url }}{{ else }}{{ link.url }}{{ end }}")]
    [InlineData("{{ link.url ?? customer.name }}")]
    [InlineData("{{ (link.url) }}")]
    [InlineData("{{ if device.mobile }}x {{ end }}{{ link.url -}}")]
    public void Check_LinkOnEveryPath_IsAccepted(string text) => EmailTemplate.Check(new("x", text)).Problems.Should().BeEmpty();

    internal const string InvitationText = "Hello {{ customer.name }},\n\nopen this:\n{{ link.url }}\n\nPIN {{ pin.code }}\n";

    internal static EmailTemplate Accept(EmailTemplateSource source)
    {
        var template = EmailTemplate.Check(source);
        template.Problems.Should().BeEmpty();
        return template;
    }

    internal static TemplateValues ValuesOf(string customerName) => new()
    {
        CustomerName = customerName,
        LinkUrl = Values.LinkUrl,
        LinkExpiresAt = Values.LinkExpiresAt,
        LinkMinutesLeft = Values.LinkMinutesLeft,
        LinkExpires = TemplateValues.Sample.LinkExpires,
        PinCode = Values.PinCode,
    };
}
