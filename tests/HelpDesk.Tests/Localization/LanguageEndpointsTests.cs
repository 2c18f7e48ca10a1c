using System.Net;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Localization;

public sealed class LanguageEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Switch_KnownLanguage_IsRememberedAndLeadsBack()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();

        using var answer = await browser.PostAsync("/language", Choice("fr", "/inbox"), Cancellation);

        answer.Headers.Location.Should().Be(new Uri("/inbox", UriKind.Relative));
        WebUtility.HtmlDecode(await browser.GetStringAsync("/signin", Cancellation)).Should().Contain("<html lang=\"fr\">").And.Contain("Qui êtes-vous");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("")]
    public async Task Switch_ForeignPage_LeadsHome(string back)
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();

        using var answer = await browser.PostAsync("/language", Choice("fr", back), Cancellation);

        answer.Headers.Location.Should().Be(new Uri("/", UriKind.Relative));
    }

    [Fact]
    public async Task Switch_UnknownLanguage_ChangesNothing()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();

        using var answer = await browser.PostAsync("/language", Choice("tlh", "/"), Cancellation);

        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    private static FormUrlEncodedContent Choice(string language, string back) => new([new("language", language), new("back", back)]);
}
