using System.Globalization;
using System.Resources;
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
    [InlineData("ja", "en")]
    [InlineData("no language", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void For_Language_IsTheNearestThereIs(string? language, string found) => InvitationMessages.For(language).Language.Should().Be(found);

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void For_BuiltInLanguage_HasNoProblem(string language) => EmailTemplate.Check(InvitationMessages.For(language)).Problems.Should().BeEmpty();

    [Theory]
    [InlineData("en", "ignore this message", "Press", "tap")]
    [InlineData("fr", "Ignorez simplement ce message", "ordinateur", "appareil")]
    public void Render_BuiltInLanguage_SaysEverythingTheCustomerNeeds(string language, string ignore, string computer, string mobile)
    {
        var template = EmailTemplate.Check(InvitationMessages.For(language)).Template!;

        var message = template.Render(Values(isMobile: false)).Text;

        message.Should().ContainAll("Ada Lovelace", "Jo Martin", "Example Support", "20:15", "20 minutes", ignore);
        message.Split('\n').Should().Contain("https://h.example/x").And.Contain("012345");
        message.Should().ContainEquivalentOf(computer).And.NotContain(mobile);
        template.Render(Values(isMobile: true)).Text.Should().Contain(mobile);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Render_WithoutOptionalValues_ReadsWell(string language)
    {
        var template = EmailTemplate.Check(InvitationMessages.For(language)).Template!;
        var message = template.Render(EmailTemplateTests.ValuesOf("Ada"));

        (message.Subject + message.Text).Should().NotContainAny("()", "  ", "{{", " ,", "\n\n\n");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Render_UsualValues_FitsAMailtoLink(string language)
    {
        var message = EmailTemplate.Check(InvitationMessages.For(language)).Template!.Render(TemplateValues.Sample);
        var body = Uri.EscapeDataString(message.Text.ReplaceLineEndings("\r\n"));

        ("mailto:ada@example.org?subject=" + Uri.EscapeDataString(message.Subject) + "&body=" + body).Length.Should().BeLessThan(1600);
    }

    [Fact]
    public void Resources_EveryLanguage_HasTheSameEntries()
    {
        var texts = new ResourceManager("Rescue.Sessions.Email.Messages.InvitationMessages", typeof(InvitationMessages).Assembly);
        foreach (var language in new[] { "", "fr" })
        {
            var own = texts.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;
            own.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key).Should().BeEquivalentTo("language", "subject", "text");
        }
    }

    private static TemplateValues Values(bool isMobile) => new()
    {
        CustomerName = "Ada Lovelace",
        TechnicianName = "Jo Martin",
        OrganizationName = "Example Support",
        LinkUrl = "https://h.example/x",
        LinkExpiresAt = "20:15",
        LinkMinutesLeft = "20",
        PinCode = "012345",
        DeviceMobile = isMobile,
    };
}
