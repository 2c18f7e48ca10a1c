using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Email.Tests.Templates;

public sealed class MessageLookTests
{
    private static readonly Organization Globex = new()
    {
        Tenant = "globex", Name = "Globex", PublicBaseUri = new("https://globex.example/"), AccentColor = "#7a1fa2", Phone = "+33 1 23 45 67 89",
        Url = new("https://globex.example/aide?a=1&b=\"2\""),
    };

    [Fact]
    public void Layout_OfAnOrganization_HasItsColoursAndHowToCheck()
    {
        var html = LayOut(MessageLook.Of(Globex));

        html.Should().Contain("bgcolor=\"#7a1fa2\" style=\"border-radius:6px;background:#7a1fa2").And.Contain("style=\"color:#7a1fa2\"").And.NotContain("#0b57d0").And.NotContain("#a8c7fa");
        html.Should().Contain($"background:{Globex.DarkAccentColor} !important").And.Contain($".link {{ color: {Globex.DarkAccentColor} !important");
        html.Should().Contain("To check that this message is real: <span dir=\"ltr\">+33 1 23 45 67 89</span> · <a class=\"link\" dir=\"ltr\"")
            .And.Contain("href=\"https://globex.example/aide?a=1&amp;b=%222%22\" style=\"color:#7a1fa2\">globex.example/aide</a>");
    }

    [Fact]
    public void Layout_OfAProductThatHasSetNothing_SaysNothingOfIt() => LayOut(MessageLook.Default).Should().NotContain("To check");

    [Theory]
    [InlineData(400, 100, 200, 50)]
    [InlineData(100, 400, 16, 64)]
    [InlineData(120, 40, 120, 40)]
    [InlineData(2000, 1, 200, 1)]
    [InlineData(1, 2000, 1, 64)]
    public void Layout_OfAnOrganizationWithALogo_ShowsItNoLargerThanItIs(int width, int height, int shownWidth, int shownHeight)
    {
        var html = LayOut(MessageLook.Of(Globex with { Name = "Globex \"&\" <Co>", Logo = Pictures.Logo(width, height) }));

        html.Should().Contain($"<img class=\"logo\" src=\"cid:logo\" alt=\"Globex &quot;&amp;&quot; &lt;Co&gt;\" width=\"{shownWidth}\" height=\"{shownHeight}\"");
    }

    [Fact]
    public void Layout_OfAnOrganizationWithoutALogo_HasNoImage() => LayOut(MessageLook.Of(Globex)).Should().NotContain("<img").And.NotContain("cid:");

    [Fact]
    public void Layout_OfTheLongestLook_StaysWithinItsBound()
    {
        var longest = Globex with
        {
            Phone = new string('9', 40), Url = new($"https://globex.example/?{new string('&', 230)}"), Logo = Pictures.Logo(),
            Name = new string('é', TemplatePlaceholder.All[PlaceholderIndex.OrganizationName].MaxUnits),
        };

        (LayOut(MessageLook.Of(longest)).Length - LayOut(MessageLook.Default).Length).Should().BeLessThan(MessageLook.MaxBytes);
    }

    private static string LayOut(MessageLook look) => EmailTemplateTests.Accept(new("Help", "Hello\n\n{{ link.url }}\n")).Render(new()
    {
        CustomerName = "Ada", LinkUrl = TemplateValues.Sample.LinkUrl, LinkExpiresAt = "20:15", LinkMinutesLeft = "20", PinCode = "618689",
        LinkExpires = TemplateValues.Sample.LinkExpires, Look = look,
    }).Html!;
}
