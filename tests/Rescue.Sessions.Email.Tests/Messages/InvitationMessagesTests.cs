using System.Net;
using System.Text;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Messages;

public sealed class InvitationMessagesTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", "fr")]
    [InlineData("fr-CA", "fr")]
    [InlineData("fr-Latn-CH", "fr")]
    [InlineData("de-AT", "de")]
    [InlineData("es-419", "es")]
    [InlineData("ar-EG", "ar")]
    [InlineData("nl-BE", "nl")]
    [InlineData("ja", "en")]
    [InlineData("no language", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void For_Language_IsTheNearestThereIs(string? language, string found) => InvitationMessages.For(language).Language.Should().Be(found);

    [Theory]
    [MemberData(nameof(Languages))]
    public void For_BuiltInLanguage_HasNoProblem(string language) => EmailTemplate.Check(InvitationMessages.For(language)).Problems.Should().BeEmpty();

    [Theory]
    [InlineData("en", "ignore this message", "Press", "tap")]
    [InlineData("fr", "Ignorez simplement ce message", "ordinateur", "appareil")]
    [InlineData("de", "ignorieren Sie diese Nachricht", "Klicken", "Tippen")]
    [InlineData("es", "Ignore este mensaje", "haga clic", "toque")]
    [InlineData("nl", "kunt u dit bericht negeren", "klik op de computer", "Tik op het apparaat")]
    [InlineData("ar", "يرجى تجاهل الرسالة", "الحاسوب", "الهاتف")]
    public void Render_BuiltInLanguage_SaysEverythingTheCustomerNeeds(string language, string ignore, string computer, string mobile)
    {
        var template = EmailTemplate.Check(InvitationMessages.For(language));

        var message = template.Render(Values(isMobile: false)).Text;

        message.Should().ContainAll("Ada Lovelace", "Jo Martin", "Example Support", "20:15", "20 ", " h.example/Customer ", ignore);
        message.Split('\n').Should().Contain("https://h.example/Customer/Code.aspx?Code=012345").And.Contain("012345");
        message.Should().ContainEquivalentOf(computer).And.NotContain(mobile);
        template.Render(Values(isMobile: true)).Text.Should().Contain(mobile);
    }

    /// <summary>Whether a program or the browser joins is the page's to say: it knows the device and what the product offers, which may be no program at all.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Render_BuiltInLanguage_PromisesNoProgram(string language)
    {
        var template = EmailTemplate.Check(InvitationMessages.For(language));

        foreach (var message in new[] { template.Render(Values(isMobile: false)), template.Render(Values(isMobile: true)), template.Render(TemplateValues.Sample) })
            (message.Subject + message.Text + message.Html).Should().NotContainEquivalentOf("program").And.NotContain("برنامج");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Render_WithoutOptionalValues_ReadsWell(string language)
    {
        var template = EmailTemplate.Check(InvitationMessages.For(language));
        var message = template.Render(EmailTemplateTests.ValuesOf("Ada"));

        (message.Subject + message.Text).Should().NotContainAny("()", "  ", "{{", " ,", "\n\n\n");
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Render_UsualValues_FitsAMailtoLink(string language)
    {
        var message = EmailTemplate.Check(InvitationMessages.For(language)).Render(TemplateValues.Sample);
        var body = Uri.EscapeDataString(message.Text.ReplaceLineEndings("\r\n"));

        ("mailto:ada@example.org?subject=" + Uri.EscapeDataString(message.Subject) + "&body=" + body).Length.Should().BeLessThan(1600);
    }

    /// <summary>A line of plain text is laid out in the direction of its first letter, so a sentence must not begin with a name in Latin letters.</summary>
    [Fact]
    public void Render_Arabic_BeginsEverySentenceWithAnArabicLetter()
    {
        var lines = EmailTemplate.Check(InvitationMessages.For("ar")).Render(TemplateValues.Sample).Text.Split('\n');

        lines.Where(line => line.Any(IsArabic)).Select(line => line.First(char.IsLetter)).Should().NotBeEmpty()
            .And.AllSatisfy(first => IsArabic(first).Should().BeTrue());
        static bool IsArabic(char character) => character is >= '\u0600' and <= '\u06FF';
    }

    [Fact]
    public void Render_ArabicHtml_KeepsLinkAndPinFromLeftToRight()
    {
        var html = EmailTemplate.Check(InvitationMessages.For("ar")).Render(TemplateValues.Sample).Html;

        html.Should().Contain("<html lang=\"ar\" dir=\"rtl\">").And.Contain("lang=\"ar\" dir=\"rtl\"\n")
            .And.Contain("<strong dir=\"ltr\">012345</strong>").And.Contain("<a class=\"link\" dir=\"ltr\" href=\"https://help.example.org/");
    }

    /// <summary>Where Gmail cuts a message off.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void RenderHtml_LongestValues_StaysBelow100KB(string language)
    {
        var template = EmailTemplate.Check(InvitationMessages.For(language));

        foreach (var values in TemplateNames.BuiltIn.Trials)
            Encoding.UTF8.GetByteCount(template.Render(values).Html!).Should().BeLessThan(100 * 1024);
        Encoding.UTF8.GetByteCount(template.Render(TemplateValues.Sample).Html!).Should().BeLessThan(12 * 1024);
    }

    /// <summary>What a mail program may leave out, a style sheet or an attribute of the page, must not be what makes the message readable.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void RenderHtml_BuiltInLanguage_HasAllThatMailProgramsNeed(string language)
    {
        var html = EmailTemplate.Check(InvitationMessages.For(language)).Render(TemplateValues.Sample).Html!;
        var words = MailWords.Shipped.Layout.FindNearest(language)!;

        html.Should().Contain("max-width:600px").And.Contain("<!--[if mso]><table role=\"presentation\" width=\"600\"");
        html.Should().Contain($"bgcolor=\"#0b57d0\"").And.Contain($">{WebUtility.HtmlEncode(words["button"])}</a></td></tr></table>");
        html.Should().Contain(WebUtility.HtmlEncode(words["preview"].Replace("{0}", "20:15", StringComparison.Ordinal)));
        html.Should().Contain($"href=\"{WebUtility.HtmlEncode(TemplateValues.Sample.LinkDecline)}\" style=\"color:#0b57d0\">{WebUtility.HtmlEncode(words["decline"])}</a>");
        html.Should().Contain("help.example.org/Customer ").And.NotContain("<span dir=\"ltr\">help.example.org", "the text says it in its own words");
        html.Split("<table").Should().HaveSameCount(html.Split("</table>"));
    }

    [Fact]
    public void All_IsEveryLanguageThatTheCustomerMayRead() => MailWords.Shipped.Languages.Should().Equal("en", "ar", "de", "es", "fr", "nl");

    public static TheoryData<string> Languages() => [.. MailWords.Shipped.Languages];

    private static TemplateValues Values(bool isMobile) => new()
    {
        CustomerName = "Ada Lovelace",
        TechnicianName = "Jo Martin",
        OrganizationName = "Example Support",
        LinkUrl = "https://h.example/Customer/Code.aspx?Code=012345",
        LinkExpiresAt = "20:15",
        LinkExpires = TemplateValues.Sample.LinkExpires,
        LinkMinutesLeft = "20",
        PinCode = "012345",
        DeviceMobile = isMobile,
    };
}
