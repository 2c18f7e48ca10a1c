namespace Rescue.Sessions.Email.Templates;

public sealed class TextLayoutTests
{
    private const string Text = "Hello {{ customer.name }},\nplease open this:\n\n  {{ link.url }}  \n\n{{ pin.code }}\n\nBye";

    private static readonly string Link = TemplateValues.Sample.LinkUrl.Replace("&", "&amp;", StringComparison.Ordinal);

    [Fact]
    public void WriteHtml_TextWithLinkOnALine_HasButtonAndLinkInFull()
    {
        var html = LayOut(Text);

        html.Should().Contain("please open this:</p>\n<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td class=\"face\" align=\"center\" "
            + "bgcolor=\"#0b57d0\" style=\"border-radius:6px;background:#0b57d0;mso-padding-alt:14px 28px\"><a class=\"button\" href=\"" + Link + "\"");
        html.Should().Contain(">Open the support page</a></td></tr></table>");
        html.Should().Contain($"<a class=\"link\" dir=\"ltr\" href=\"{Link}\" style=\"color:#0b57d0\">{Link}</a></p>");
        html.Should().Contain("Hello Ada Lovelace,<br>\nplease");
        html.Should().Contain("<strong dir=\"ltr\">012345</strong></p>").And.NotContain("Or type");
    }

    [Fact]
    public void WriteHtml_TextWithoutPin_SaysItBelowTheLink()
    {
        const string added = "Or type <span dir=\"ltr\">help.example.org/Customer</span> into a browser, and there this PIN: <strong dir=\"ltr\">012345</strong></p>";

        LayOut("{{ link.url }}").Should().Contain(added);
        LayOut("{{ link.url }}\n{{ link.decline }}").Should().Contain(added, "a link has the PIN, and does not say it");
        LayOut("PIN {{ pin.code }}: {{ link.url }}").Should().NotContain("Or type");
    }

    [Fact]
    public void WriteHtml_LinkWithinASentence_IsALinkThereAndAButtonAtTheEnd()
    {
        var html = LayOut("Open {{ link.url }} now.\n\nBye");

        html.Should().Contain($"Open <a class=\"link\" dir=\"ltr\" href=\"{Link}\" style=\"color:#0b57d0\">{Link}</a> now.</p>");
        html.IndexOf("class=\"button\" href", StringComparison.Ordinal).Should().BeGreaterThan(html.IndexOf("Bye", StringComparison.Ordinal));
    }

    [Fact]
    public void WriteHtml_LinkOnTwoLines_HasOneButton() =>
        LayOut("{{ link.url }}\n\n{{ link.url }}").Split("class=\"button\" href").Should().HaveCount(2);

    [Fact]
    public void WriteHtml_Preview_SaysUntilWhenAndNoSecret()
    {
        var html = LayOut(Text);
        var preview = html[html.IndexOf("<div style=\"display:none", StringComparison.Ordinal)..html.IndexOf("</div>", StringComparison.Ordinal)];

        preview.Should().Contain("The link works once, until 20:15.").And.NotContainAny("012345", "help.example.org");
        html.IndexOf(preview, StringComparison.Ordinal).Should().BeLessThan(html.IndexOf("Hello", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "I did not ask for this")]
    [InlineData("ar", "لم أطلب هذا")]
    public void WriteHtml_Layout_HasALinkForThoseWhoDidNotAsk(string language, string words) =>
        LayOut(Text, language).Should().Contain($"<a class=\"link\" href=\"{Link.Replace("Code.aspx", "decline", StringComparison.Ordinal)}\" style=\"color:#0b57d0\">{words}</a></p>");

    [Fact]
    public void WriteHtml_LongestValues_StaysWithinTheBound()
    {
        var values = new TemplateValues
        {
            CustomerName = new string('"', 128),
            LinkUrl = "https://h.example/" + new string('&', 1006),
            LinkExpiresAt = "",
            LinkExpires = TemplateValues.Sample.LinkExpires,
            LinkMinutesLeft = "",
            PinCode = new string('1', 16),
        };
        var template = EmailTemplate.Check(new("{{ customer.name }}",
            string.Concat(Enumerable.Repeat("{{ customer.name }}\n\na {{ link.url }} b\n{{ pin.code }}\n", 17)) + "{{ link.url }}\n{{ link.url }}"));

        var html = template.Render(values).Html!;

        html.Length.Should().BeInRange(180_000, TemplateCompiler.MaxOutputBytes);
    }

    [Theory]
    [InlineData("en", "<html lang=\"en\" dir=\"ltr\">", "Open the support page")]
    [InlineData("fr-CA", "<html lang=\"fr-CA\" dir=\"ltr\">", "Ouvrir la page d’assistance")]
    [InlineData("ar", "<html lang=\"ar\" dir=\"rtl\">", "فتح صفحة الدعم")]
    [InlineData("he", "<html lang=\"he\" dir=\"rtl\">", "012345")]
    public void WriteHtml_Language_IsSaid(string language, string start, string button)
    {
        var html = LayOut(Text, language);

        html.Should().StartWith("<!doctype html>\n" + start).And.Contain(button).And.Contain($"role=\"article\" {start["<html ".Length..^1]}");
    }

    [Fact]
    public void WriteHtml_Layout_LoadsNothingAndHasNoScript()
    {
        var html = LayOut(Text);

        html.Should().NotContainAny("<script", "<img", "@import", "<link ", "url(");
        html.Should().Contain("prefers-color-scheme: dark").And.Contain("<title>Help</title>");
    }

    [Fact]
    public void WriteHtml_Layout_IsSoundByOurOwnRules()
    {
        var html = LayOut(Text).Replace(Link, "{{ link.url }}", StringComparison.Ordinal);

        EmailTemplate.Check(new("x", "{{ link.url }}", html)).Problems.Should().BeEmpty();
    }

    [Fact]
    public void WriteHtml_HostileName_IsText() =>
        EmailTemplateTests.Accept(new("For {{ customer.name }}", Text)).Render(EmailTemplateTests.ValuesOf("</title><b>&")).Html
            .Should().Contain("<title>For &lt;/title&gt;&lt;b&gt;&amp;</title>").And.Contain("Hello &lt;/title&gt;&lt;b&gt;&amp;,").And.NotContain("<b>");

    [Theory]
    [InlineData("#ffffff", "#0b57d0")]
    [InlineData("#0a1626", "#a8c7fa")]
    [InlineData("#1f2328", "#ffffff")]
    [InlineData("#1f2328", "#f3f4f6")]
    [InlineData("#0b57d0", "#ffffff")]
    [InlineData("#e8eaed", "#121417")]
    [InlineData("#e8eaed", "#1e2125")]
    [InlineData("#a8c7fa", "#1e2125")]
    public void Layout_Colours_HaveTheContrastOfWcag(string front, string back)
    {
        var html = LayOut(Text);
        html.Should().Contain(front).And.Contain(back);

        // WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1.
        var (light, dark) = (Math.Max(Luminance(front), Luminance(back)), Math.Min(Luminance(front), Luminance(back)));
        ((light + 0.05) / (dark + 0.05)).Should().BeGreaterThan(4.5);
    }

    private static double Luminance(string colour)
    {
        var channels = Enumerable.Range(0, 3).Select(index => Convert.ToInt32(colour.Substring((index * 2) + 1, 2), 16) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    private static string LayOut(string text, string language = "en") =>
        EmailTemplateTests.Accept(new("Help", text) { Language = language }).Render(TemplateValues.Sample).Html!;
}
