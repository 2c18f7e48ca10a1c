using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Descriptions;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.Devices;

namespace Rescue.Sessions.AspNetCore.Tests.Customers.Browser;

/// <summary>The page by which a browser joins, and to whom it is offered.</summary>
public partial class BrowserPageTests
{
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15";
    private const string Android = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36";
    private const string Mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15";
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36";
    private const string Linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BrowserOffer.WhereNoProgram, IPhone, "button")]
    [InlineData(BrowserOffer.WhereNoProgram, Android, "button")]
    [InlineData(BrowserOffer.WhereNoProgram, Mac, "button")]
    [InlineData(BrowserOffer.WhereNoProgram, "curl/8.0", "choice")]
    [InlineData(BrowserOffer.WhereNoProgram, Linux, "choice")]
    [InlineData(BrowserOffer.WhereNoProgram, Windows, "")]
    [InlineData(BrowserOffer.Always, IPhone, "button")]
    [InlineData(BrowserOffer.Always, Windows, "choice")]
    [InlineData(BrowserOffer.Never, IPhone, "")]
    [InlineData(BrowserOffer.Never, Windows, "")]
    [InlineData(BrowserOffer.Never, "curl/8.0", "")]
    public async Task Landing_OffersTheBrowser(BrowserOffer offer, string userAgent, string how)
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Browser.Offer = offer);
        var link = new Uri((await product.Technician().CreateAsync()).Text("link"));

        foreach (var query in (string[])[link.Query, link.Query.Split("&k=")[0].Replace("i=2&", "", StringComparison.Ordinal)])
        {
            var page = await PageAsync(product, "/Customer/Code.aspx" + query, userAgent);
            var address = WebUtility.HtmlEncode("/Customer/browser" + query);
            page.Contains($"<a class=\"button\" href=\"{address}\"", StringComparison.Ordinal).Should().Be(how == "button");
            page.Contains($"<li><a href=\"{address}\"", StringComparison.Ordinal).Should().Be(how == "choice");
            page.Should().Contain(WebUtility.HtmlEncode("/Customer/decline" + query));
        }
    }

    [Fact]
    public async Task Landing_MadeForAPhoneAndOpenedWithAProgramInReach_OffersBoth()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", platform = "ios", forMobileDevice = true } }, HttpStatusCode.Created);

        (await PageAsync(product, created.Text("link"), Windows)).Should().Contain("<a class=\"button\" href=\"/Customer/applet/windows?");
        (await PageAsync(product, created.Text("link"), "curl/8.0")).Should().Contain("<a class=\"button\" href=\"/Customer/browser?");
    }

    [Fact]
    public async Task Page_LiveLink_SaysWhoHelps_AndFillsNothingIn()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        using var answer = await product.Anyone.GetAsync("/Customer/browser" + new Uri(created.Text("link")).Query, Cancelled);
        var page = await answer.Content.ReadAsStringAsync(Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Should().Contain("Name of alice").And.Contain("data-status=\"connecting\"").And.Contain("name=\"Code\"").And.NotContain("value=\"");
        page.Should().Contain("<noscript>").And.NotContain("style=\"").And.NotContain("onclick");
        Script().Matches(page).Should().ContainSingle().Which.Groups[1].Value.Should().StartWith("/Customer/browser/").And.EndWith("/main.js");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("script-src 'self'").And.Contain("default-src 'none'").And.NotContain("unsafe").And.NotContain("nonce");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
    }

    [Fact]
    public async Task Page_WithoutToken_TellsNothingAboutThePin()
    {
        await using var product = await TestProduct.StartAsync();
        var pin = (await product.Technician().CreateAsync()).Text("pin");
        var madeUp = pin == "111111" ? "222222" : "111111";

        var live = await product.Anyone.GetStringAsync($"/Customer/browser?Code={pin}", Cancelled);
        var none = await product.Anyone.GetStringAsync($"/Customer/browser?Code={madeUp}", Cancelled);
        var bare = await product.Anyone.GetStringAsync("/Customer/browser", Cancelled);

        live.Replace(pin, madeUp, StringComparison.Ordinal).Should().Be(none);
        bare.Should().Contain("name=\"Code\"");
    }

    [Fact]
    public async Task Page_OfLinksThatLeadNowhere_IsThatOfTheLanding()
    {
        await using var product = await TestProduct.StartAsync(options =>
            options.Permissions.Groups.Add(new() { Name = "desk", Grants = [Permissions.ConnectionRight.PrivateSessions, Permissions.ConnectionRight.PinConnection] }));
        var technician = product.Technician();
        var revoked = await technician.CreateAsync();
        await technician.PostAsync($"/rescue/sessions/{revoked.Text("id")}/revoke", null, HttpStatusCode.OK);
        var uncovered = await product.Technician("bob", "desk").CreateAsync();

        foreach (var query in (string[])["?Code=12", "?Code=123456&k=AAAAAAAAAAAAAAAAAAAAAA", "?k=x", new Uri(revoked.Text("link")).Query, new Uri(uncovered.Text("link")).Query])
        {
            using var browser = await SendAsync(product, "/Customer/browser" + query, IPhone);
            using var landing = await SendAsync(product, "/Customer/Code.aspx" + (query.Contains("Code") ? query : "?Code=123456&k=x"), IPhone);
            browser.StatusCode.Should().Be(landing.StatusCode, query);
            (await browser.Content.ReadAsStringAsync(Cancelled)).Should().Be(await landing.Content.ReadAsStringAsync(Cancelled));
        }
    }

    [Fact]
    public async Task Page_OfAUsedLink_SaysSo_AndHasTheScriptForTheBrowserThatUsedIt()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();
        await product.Anyone.JoinAsync(created);

        using var answer = await product.Anyone.GetAsync("/Customer/browser" + new Uri(created.Text("link")).Query, Cancelled);
        var page = await answer.Content.ReadAsStringAsync(Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        page.Should().Contain("This link is already in use").And.Contain("data-link=\"used\"").And.NotContain("data-status=").And.Contain("/main.js");
    }

    [Fact]
    public async Task Page_WhereItIsNeverOffered_IsA404()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Browser.Offer = BrowserOffer.Never);
        var created = await product.Technician().CreateAsync();

        using var answer = await product.Anyone.GetAsync("/Customer/browser" + new Uri(created.Text("link")).Query, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().Contain("small program").And.NotContain("<script");
    }

    [Fact]
    public async Task Scripts_AreAllThere_AndKeptByTheirContent()
    {
        await using var product = await TestProduct.StartAsync(prefix: "/support");
        var page = await product.Anyone.GetStringAsync("/support/Customer/browser", Cancelled);
        string[] paths = [.. Module().Matches(page).Select(match => match.Groups[1].Value)];

        paths.Should().HaveCountGreaterThan(5).And.OnlyContain(path => path.StartsWith("/support/Customer/browser/"));
        foreach (var path in paths)
        {
            using var answer = await product.Anyone.GetAsync(path, Cancelled);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.ToString().Should().Be("text/javascript; charset=utf-8");
            answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=31536000, immutable");
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            foreach (Match import in Import().Matches(await answer.Content.ReadAsStringAsync(Cancelled)))
                paths.Should().Contain(path[..(path.LastIndexOf('/') + 1)] + import.Groups[1].Value);
        }

        using var stale = await product.Anyone.GetAsync("/support/Customer/browser/0000/main.js", Cancelled);
        stale.Headers.CacheControl!.ToString().Should().Be("no-cache");
        (await product.Anyone.GetAsync("/support/Customer/browser/0000/Shared.css", Cancelled)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task HostsScripts_AreLoadedBeforeThePageBegins()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Browser.Scripts.Add("/js/remote.js?a=1&b=2"));

        var page = await product.Anyone.GetStringAsync("/Customer/browser", Cancelled);

        Script().Matches(page).Select(match => match.Groups[1].Value).First().Should().Be("/js/remote.js?a=1&amp;b=2");
    }

    [Theory]
    [InlineData("https://evil.example/x.js")]
    [InlineData("//evil.example/x.js")]
    [InlineData("/\\evil.example/x.js")]
    [InlineData("js/x.js")]
    [InlineData("/ /evil.example/x.js")]
    [InlineData("/\t/evil.example/x.js")]
    [InlineData("")]
    public async Task HostsScripts_OfAnotherHost_StopTheStart(string path)
    {
        var start = () => TestProduct.StartAsync(web: options => options.Browser.Scripts.Add(path));

        (await start.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).WithMessage("*Browser.Scripts*");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task Page_HasEveryStatus_InTheCustomersLanguage(string language)
    {
        await using var product = await TestProduct.StartAsync();
        product.Anyone.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        var page = await product.Anyone.GetStringAsync("/Customer/browser", Cancelled);

        foreach (var section in (string[])["pin", "terms", "waiting", "active", "onHold", "transferring", "rebooting", "reconnecting", "timedOut", "mobile", "elsewhere", "closed"])
            page.Should().Contain($"data-section=\"{section}\"");
        page.Should().Contain($"lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"");
    }

    [Fact]
    public async Task Page_HasWordsForEveryRefusalOfAJoin()
    {
        await using var product = await TestProduct.StartAsync();
        var refusals = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText == "/applet/join").SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<RefusesAttribute>())
            // An outage is told as one.
            .SelectMany(refusal => refusal.Codes).Where(code => code != ProblemCode.StoreUnavailable).Distinct().ToList();

        var page = await product.Anyone.GetStringAsync("/Customer/browser", Cancelled);

        foreach (var code in refusals)
            page.Should().Contain($"data-problem=\"{JsonNamingPolicy.CamelCase.ConvertName(code.ToString())}\"");
        refusals.Should().Contain(ProblemCode.ForeignOrigin).And.HaveCountGreaterThan(5);
        page.Should().Contain("opened at an address that the support service does not know");
    }

    [Fact]
    public async Task Platform_WithAProgramForEverything_OffersNoBrowserByItself()
    {
        await using var product = await TestProduct.StartAsync(web: options =>
        {
            foreach (var platform in DevicePlatforms.All)
                options.Applets[platform] = options.Applets[DevicePlatform.Windows];
        });

        foreach (var userAgent in (string[])[IPhone, Android, Mac, Windows, Linux])
            (await PageAsync(product, (await product.Technician().CreateAsync()).Text("link"), userAgent)).Should().NotContain("/Customer/browser");
    }

    private static async Task<string> PageAsync(TestProduct product, string path, string userAgent)
    {
        using var answer = await SendAsync(product, path, userAgent);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private static Task<HttpResponseMessage> SendAsync(TestProduct product, string path, string userAgent)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return product.Anyone.SendAsync(request, Cancelled);
    }

    [GeneratedRegex("<script type=\"module\" blocking=\"render\" src=\"([^\"]+)\"></script>")]
    private static partial Regex Script();

    [GeneratedRegex("<link rel=\"modulepreload\" href=\"([^\"]+)\">")]
    private static partial Regex Module();

    [GeneratedRegex(@"from '\./(\w+\.js)'")]
    private static partial Regex Import();
}
