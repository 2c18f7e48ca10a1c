using System.Net;
using HelpDesk.Data;
using HelpDesk.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.SignIn;

public sealed class SignInEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("full")]
    [InlineData("mobile")]
    [InlineData("no-email")]
    [InlineData("own-client")]
    [InlineData("admin")]
    [InlineData("globex")]
    [InlineData("globex-admin")]
    public async Task SignIn_KnownTechnician_OpensTheConsoleInTheirName(string id)
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();

        using var answer = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", id), Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location.Should().Be(new Uri("/", UriKind.Relative));
        var console = WebUtility.HtmlDecode(await browser.GetStringAsync("/", Cancellation));
        console.Should().Contain($"data-id=\"{id}\"").And.Contain(DevelopmentTechnicians.Find(id)!.Name);
    }

    [Fact]
    public async Task SignIn_Cookie_IsStrictAndHiddenFromScripts()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.CreateDefaultClient();

        using var answer = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        answer.Headers.GetValues("Set-Cookie").Should().ContainSingle()
            .Which.Should().Contain("samesite=strict").And.Contain("httponly").And.NotContain("secure", "it was asked for over plain HTTP");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("FULL")]
    public async Task SignIn_UnknownTechnician_IsRefusedWithThePage(string id)
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();

        using var answer = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", id), Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("role=\"alert\"").And.Contain("value=\"own-client\"");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Fact]
    public async Task SignIn_WithoutAForm_IsRefusedWithThePage()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();

        using var answer = await browser.PostAsync("/signin", new StringContent("{}", null, "application/json"), Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignIn_FromAnotherSite_IsRefused()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Fact]
    public async Task SignOut_SignedIn_LeadsBackToTheSignIn()
    {
        await using var host = new HelpDeskHost();
        using var browser = host.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        using var answer = await browser.PostAsync("/signout", null, Cancellation);

        answer.Headers.Location.Should().Be(new Uri("/signin", UriKind.Relative));
        using var console = await browser.GetAsync("/", Cancellation);
        console.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("admin")]
    public async Task SignOut_CopyOfTheCookie_IsRefusedFromThenOnAndItsStreamEnds(string id)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = new HelpDeskHost(services: services => services.AddSingleton<TimeProvider>(time));
        using var browser = host.Browser();
        using var other = host.Browser();
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", id), Cancellation);
        using var again = await other.PostAsync("/signin", HelpDeskHost.Form("technician", id), Cancellation);
        using var thief = host.CreateDefaultClient();
        thief.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var stream = await thief.GetAsync("/rescue/sessions/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        stream.StatusCode.Should().Be(HttpStatusCode.OK);

        using var answer = await browser.PostAsync("/signout", null, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        time.Advance(TimeSpan.FromSeconds(5));
        await FluentActions.Awaiting(() => stream.Content.ReadAsByteArrayAsync(Cancellation).WaitAsync(TimeSpan.FromMinutes(2), Cancellation))
            .Should().NotThrowAsync("the stream ends");
        foreach (var path in (string[])["/rescue/sessions", "/rescue/me", "/rescue/sessions/events"])
        {
            using var refused = await thief.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
        }

        using var untouched = await other.GetAsync("/rescue/me", Cancellation);
        untouched.StatusCode.Should().Be(HttpStatusCode.OK, "another sign-in of the same technician goes on");
    }

    [Fact]
    public async Task SignOut_AndRestart_KeepsTheCookieRefused()
    {
        using var folder = new TemporaryFolder();
        var data = new SampleData(folder.Path);
        new EndedSignIns(data, TimeProvider.System).Add("one", TimeSpan.FromDays(14));

        var restarted = new EndedSignIns(data, TimeProvider.System);

        restarted.Contains("one").Should().BeTrue();
        restarted.WhenEnded("one").IsCancellationRequested.Should().BeTrue();
        restarted.Contains("two").Should().BeFalse();
    }

    [Fact]
    public void EndedSignIn_WhoseCookieIsNoLongerValid_IsForgotten()
    {
        using var folder = new TemporaryFolder();
        var ended = new EndedSignIns(new SampleData(folder.Path), TimeProvider.System);
        ended.Add("one", TimeSpan.Zero);

        ended.Add("two", TimeSpan.FromDays(14));

        ended.Contains("one").Should().BeFalse();
        ended.Contains("two").Should().BeTrue();
    }

    [Fact]
    public async Task SignIn_OutsideDevelopment_IsNotThereAndSaysWhatToDo()
    {
        await using var host = new HelpDeskHost("Production");
        using var browser = host.Browser();

        using var page = await browser.GetAsync("/signin", Cancellation);
        using var answer = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "full"), Cancellation);

        page.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync(Cancellation)).Should().Contain("AddSignIn");
        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }
}
