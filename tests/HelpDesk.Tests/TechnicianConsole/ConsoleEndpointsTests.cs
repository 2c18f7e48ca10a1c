using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.TechnicianConsole;

public sealed class ConsoleEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Console_NotSignedIn_LeadsToTheSignInWhateverTheHostHeaderSays()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "elsewhere.example" } };

        using var answer = await browser.SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location.Should().Be(new Uri("/signin", UriKind.Relative));
    }

    [Fact]
    public async Task Console_SignedIn_RunsNothingInline()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        using var answer = await browser.GetAsync("/", Cancellation);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("default-src 'none'").And.Contain("script-src 'self'").And.NotContain("unsafe");
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        page.Should().NotContain("<style").And.NotContain(" style=").And.NotContain(" onclick=");
        page.Split("<script").Skip(1).Should().OnlyContain(script =>
            script.StartsWith(" type=\"module\" src=\"/js/", StringComparison.Ordinal)
            || script.StartsWith(" type=\"module\" src=\"/_content/Rescue.Sessions.Components/rescue-sessions.js\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Console_IsMadeOfTheElement_AndSaysWhatItNeeds()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        var page = await browser.GetStringAsync("/", Cancellation);

        page.Should().Contain("<rescue-sessions base=\"/rescue\" lang=\"en\"").And.MatchRegex("<noscript>.*JavaScript.*</noscript>").And.NotContain("<dialog").And.NotContain("<table");
    }

    [Fact]
    public async Task Me_TellsTheCustomersLanguages()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        var me = await browser.GetFromJsonAsync<JsonElement>("/rescue/me", Cancellation);

        me.GetProperty("languages").EnumerateArray().Select(tag => tag.GetString()).Should().BeEquivalentTo(["ar", "de", "en", "es", "fr", "nl"]);
        me.GetProperty("reference").GetProperty("required").GetBoolean().Should().BeFalse();
    }
}
