using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rescue.Sessions.Asking;
using Rescue.Sessions.AspNetCore.Tests.OpenApi;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>A customer who asks for help without an invitation.</summary>
public sealed partial class RequestTests
{
    private const string Globex = "https://aide.globex.example/";

    private static readonly Dictionary<string, string> Printer = new() { ["name"] = "Grace Hopper", ["topic"] = "The printer\r\nprints nothing." };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    public async Task Off_ThereIsNoSuchPage(string method)
    {
        await using var product = await TestProduct.StartAsync();
        using var request = new HttpRequestMessage(new(method), "/Customer/request");
        if (method == "POST")
            request.Content = new FormUrlEncodedContent(Printer);

        using var answer = await product.Anyone.SendAsync(request, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await product.Anyone.GetStringAsync("/Customer", Cancelled)).Should().NotContain("/Customer/request");
    }

    [Fact]
    public async Task Get_AsksForWhatTheHostWants_AndMakesNothing()
    {
        await using var plain = await StartAsync();
        await using var more = await StartAsync(options =>
        {
            (options.Requests.Email, options.Requests.Reference) = (RequestField.Required, RequestField.Optional);
            options.References.Example = "INC-1";
        });

        var page = await plain.Anyone.GetStringAsync("/Customer/request", Cancelled);
        var whole = await more.Anyone.GetStringAsync("/Customer/request", Cancelled);

        Fields().Matches(page).Select(field => field.Groups[1].Value).Should().Equal("form", "name", "topic");
        Fields().Matches(whole).Select(field => field.Groups[1].Value).Should().Equal("form", "name", "topic", "email", "reference");
        whole.Should().Contain("INC-1").And.Contain("(optional)").And.NotContain("<script");
        (await QueueAsync(plain)).Should().BeEmpty();
        (await plain.Anyone.GetStringAsync("/Customer", Cancelled)).Should().Contain("/Customer/request").And.Contain("id=\"safety\"");
        page.Should().NotContain("id=\"safety\"", "whoever fills it in asks for help");
    }

    [Fact]
    public async Task Post_LeadsToTheLinkOfASession_WhichTechniciansSee()
    {
        await using var product = await StartAsync(options => options.Requests.Email = RequestField.Optional);
        var alice = product.Technician();
        await using var events = await OpenStream.OpenAsync(alice, "/rescue/sessions/events");

        using var answer = await PostAsync(product, new(Printer) { ["email"] = "Grace <grace@example.org>" });

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        var place = answer.Headers.Location!.ToString();
        place.Should().MatchRegex("^/Customer/Code\\.aspx\\?i=2&Code=[0-9]{6}&k=[0-9a-z]{26}$", "there is a program for computers");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        var session = (await QueueAsync(product)).Should().ContainSingle().Subject;
        session.GetProperty("createdBy").ValueKind.Should().Be(JsonValueKind.Null);
        session.GetProperty("request").Text("topic").Should().Be("The printer prints nothing.");
        session.GetProperty("request").Text("email").Should().Be("grace@example.org");
        var (_, _, told) = (await events.NextAsync())!.Value;
        told.Text("kind").Should().Be("created");
        told.GetProperty("session").GetProperty("request").Text("topic").Should().Be("The printer prints nothing.");
        var history = (await alice.GetJsonAsync($"/rescue/sessions/{session.Text("id")}")).GetProperty("history")[0];
        (history.Text("kind"), history.Text("actor"), history.GetProperty("actorName").ValueKind).Should().Be(("created", "customer", JsonValueKind.Null));
        (await QueueAsync(product, tenant: "other")).Should().BeEmpty();
    }

    [Fact]
    public async Task Landing_OfARequest_SaysWhomTheCustomerHasAsked()
    {
        await using var product = await StartAsync();

        var page = WebUtility.HtmlDecode(await product.Anyone.GetStringAsync(await AskAsync(product), Cancelled));

        page.Should().Contain("Hello Grace Hopper, one more step").And.Contain("You have asked Acme & Sons for help.").And.NotContain("/Customer/decline").And.NotContain("id=\"safety\"");
    }

    [Theory]
    [InlineData(BrowserOffer.Always, "Mozilla/5.0 (Windows NT 10.0)", true)]
    [InlineData(BrowserOffer.WhereNoProgram, "Mozilla/5.0 (Windows NT 10.0)", false)]
    [InlineData(BrowserOffer.WhereNoProgram, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", true)]
    [InlineData(BrowserOffer.WhereNoProgram, "", false)]
    [InlineData(BrowserOffer.Never, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", false)]
    public async Task Post_LeadsToTheBrowsersPage_WhereTheCustomerJoinsWithIt(BrowserOffer offer, string agent, bool isBrowsers)
    {
        await using var product = await StartAsync(web: options => options.Browser.Offer = offer);

        var place = await AskAsync(product, agent);

        if (!isBrowsers)
        {
            place.Should().StartWith("/Customer/Code.aspx?");
            return;
        }

        place.Should().StartWith("/Customer/browser?").And.EndWith("#join");
        var page = await product.Anyone.GetStringAsync(place, Cancelled);
        page.Should().Contain(" data-asked").And.Contain("data-technician=\"Acme &amp; Sons\"").And.Contain("href=\"/Customer/request\"");
    }

    [Fact]
    public async Task Browser_OfAnInvitation_NeverJoinsByItself()
    {
        await using var product = await StartAsync();
        var created = await product.Technician().CreateAsync();

        var page = await product.Anyone.GetStringAsync("/Customer/browser" + new Uri(created.Text("link")).Query, Cancelled);

        page.Should().NotContain("data-asked");
    }

    [Fact]
    public async Task Applet_JoinsAndWaits_AndIsToldTheOrganizationUntilSomebodyHelps()
    {
        await using var product = await StartAsync();
        var token = (await AskAsync(product)).Split("&k=")[1];

        var joined = await product.Anyone.PostAsync("/applet/join", new { token, instance = "one" }, HttpStatusCode.OK);
        await product.Anyone.PostAsync($"/applet/{joined.Text("sessionId")}/ready", new { platform = "ios" }, HttpStatusCode.OK, joined.Text("appletKey"));

        joined.Text("technician").Should().Be("Acme & Sons");
        (await QueueAsync(product)).Single().Text("status").Should().Be("waiting");
        var started = await product.Technician("bob").PostAsync($"/rescue/sessions/{joined.Text("sessionId")}/start", null, HttpStatusCode.OK);
        (started.Text("status"), started.GetProperty("owner").Text("id")).Should().Be(("active", "bob"));
    }

    [Fact]
    public async Task NobodyComes_ThePageOfTheLinkSaysSo_AndLeadsToAsking()
    {
        await using var product = await StartAsync(options => options.Requests.Waiting = TimeSpan.FromMinutes(3));
        var place = await AskAsync(product);
        var joined = await product.Anyone.PostAsync("/applet/join", new { token = place.Split("&k=")[1] }, HttpStatusCode.OK);
        await product.Anyone.PostAsync($"/applet/{joined.Text("sessionId")}/ready", new { }, HttpStatusCode.OK, joined.Text("appletKey"));

        await product.PassAsync(TimeSpan.FromMinutes(3));

        using var answer = await product.Anyone.GetAsync(place, Cancelled);
        var page = await answer.Content.ReadAsStringAsync(Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.Gone);
        page.Should().Contain("nobody could come in time").And.Contain("href=\"/Customer/request\"").And.NotContain("technician for a new");
        (await product.Technician().GetJsonAsync($"/rescue/sessions/{joined.Text("sessionId")}")).Text("endReason").Should().Be("waitingTimedOut");
    }

    [Fact]
    public async Task NeverJoined_ThePageOfTheLinkLeadsToAsking()
    {
        await using var product = await StartAsync();
        var place = await AskAsync(product);

        await product.PassAsync(TimeSpan.FromMinutes(20));

        using var answer = await product.Anyone.GetAsync(place, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.Gone);
        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().Contain("href=\"/Customer/request\"");
    }

    [Theory]
    [InlineData("name", "", "name")]
    [InlineData("name", "a\u202Eb", "name")]
    [InlineData("topic", " \r\n ", "topic")]
    [InlineData("email", "nobody", "email")]
    [InlineData("email", "a@b@c", "email")]
    [InlineData("reference", "42", "reference")]
    public async Task Post_WhatDoesNotDo_IsMarkedAndKept_AndMakesNothing(string field, string value, string marked)
    {
        await using var product = await StartAsync(options =>
        {
            (options.Requests.Email, options.Requests.Reference) = (RequestField.Optional, RequestField.Optional);
            options.References.Pattern = "INC-[0-9]+";
        });

        using var answer = await PostAsync(product, new(Printer) { [field] = value });

        var page = await answer.Content.ReadAsStringAsync(Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        Regex.Matches(page, "aria-describedby=\"([a-z]+)-problem\"").Select(match => match.Groups[1].Value).Should().Equal(marked);
        page.Should().Contain($"id=\"{marked}-problem\"");
        page.Split(" autofocus").Should().HaveCount(2, "one has the focus").And.Subject.First().Should().EndWith($"aria-describedby=\"{marked}-problem\"");
        if (field != "name")
            page.Should().Contain("value=\"Grace Hopper\"");
        if (field != "topic")
            WebUtility.HtmlDecode(page).Should().Contain("The printer\r\nprints nothing.</textarea>");
        (await QueueAsync(product)).Should().BeEmpty();
    }

    [Fact]
    public async Task Post_Markup_IsText()
    {
        await using var product = await StartAsync();

        using var answer = await PostAsync(product, new() { ["name"] = "\"><script>alert(1)</script>", ["topic"] = "" });

        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().NotContain("<script");
    }

    // What scanners send that press the buttons of pages.
    [Theory]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "form=0123456789abcdef0123456789abcdef&name=&topic=")]
    [InlineData("application/json", """{"name":"Grace","topic":"x"}""")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nGrace\r\n--x--")]
    [InlineData("application/x-www-form-urlencoded", "name=a&name=b&topic=%ZZ&a=1&b=2&c=3&d=4&e=5&f=6")]
    public async Task Post_WithoutAFilledInForm_MakesNothing(string type, string body)
    {
        await using var product = await StartAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using var answer = await product.Anyone.PostAsync("/Customer/request", content, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await QueueAsync(product)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Post_FromAnotherSite_MakesNothing(string header, string value)
    {
        await using var product = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Customer/request") { Content = new FormUrlEncodedContent(Printer) };
        request.Headers.Add(header, value);

        using var answer = await product.Anyone.SendAsync(request, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await QueueAsync(product)).Should().BeEmpty();
    }

    [Fact]
    public async Task Page_LetsTheBrowserTellItsOrigin_SoThatItsOwnFormIsKnown()
    {
        await using var product = await StartAsync();
        using var shown = await product.Anyone.GetAsync("/Customer/request", Cancelled);
        using var again = await PostAsync(product, new(Printer) { ["topic"] = "" });
        using var own = new HttpRequestMessage(HttpMethod.Post, "/Customer/request") { Content = new FormUrlEncodedContent(Printer) };
        own.Headers.Add("Origin", TestProduct.Base.TrimEnd('/'));

        using var answer = await product.Anyone.SendAsync(own, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        foreach (var page in (HttpResponseMessage[])[shown, again])
            page.Headers.GetValues("Referrer-Policy").Should().Equal("same-origin");
    }

    [Fact]
    public async Task Post_HugeForm_Is413()
    {
        await using var product = await StartAsync();

        using var answer = await PostAsync(product, new(Printer) { ["topic"] = new string('a', 20_000) });

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Post_BudgetOfTheAddressSpent_Is429AndKeepsWhatWasTyped_AndOthersMayAsk()
    {
        await using var product = await StartAsync(options => options.RequestLimits.PerAddress = 2);
        await AskAsync(product);
        await AskAsync(product);

        using var refused = await PostAsync(product, Printer);
        using var other = await PostAsync(product, Printer, address: "198.51.100.7");

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        (await refused.Content.ReadAsStringAsync(Cancelled)).Should().Contain("value=\"Grace Hopper\"");
        other.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await QueueAsync(product)).Should().HaveCount(3);
    }

    [Fact]
    public async Task Post_TheSameFormTwice_IsOneSession()
    {
        await using var product = await StartAsync();
        var page = await product.Anyone.GetStringAsync("/Customer/request", Cancelled);
        var form = new Dictionary<string, string>(Printer) { ["form"] = Regex.Match(page, "name=\"form\" value=\"([0-9a-f]{32})\"").Groups[1].Value };

        using var first = await PostAsync(product, form);
        using var second = await PostAsync(product, form);
        var token = second.Headers.Location!.ToString().Split("&k=")[1];
        await product.Anyone.PostAsync("/applet/join", new { token }, HttpStatusCode.OK);
        using var afterwards = await PostAsync(product, form);

        second.Headers.Location.Should().Be(first.Headers.Location);
        afterwards.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await QueueAsync(product)).Should().ContainSingle();
    }

    [Fact]
    public async Task Post_WhileTheStoreIsAway_KeepsTheForm_WhichMakesOneSessionThen()
    {
        var (store, away) = AwayStore.Open();
        await using var product = await StartAsync(store: store);
        using var first = await PostAsync(product, new(Printer) { ["form"] = "0123456789abcdef0123456789abcdef" });
        away.IsAway = true;
        using var refused = await PostAsync(product, new(Printer) { ["form"] = "0123456789abcdef0123456789abcdef" });
        away.IsAway = false;

        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        var page = await refused.Content.ReadAsStringAsync(Cancelled);
        page.Should().Contain("value=\"Grace Hopper\"").And.Contain("it will not count twice");
        using var again = await PostAsync(product, new(Printer) { ["form"] = Regex.Match(page, "name=\"form\" value=\"([0-9a-f]{32})\"").Groups[1].Value });
        again.Headers.Location.Should().Be(first.Headers.Location, "what was stored before the answer was lost is found");
        (await QueueAsync(product)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(Globex, "globex", "fr", "Demander de l’aide")]
    [InlineData(TestProduct.Base, "acme", "en", "Ask for help")]
    [InlineData("https://evil.example/", "acme", "en", "Ask for help")]
    public async Task HostName_DecidesWhoIsAsked_AndNothingElseOfTheRequestDoes(string address, string tenant, string language, string heading)
    {
        await using var product = await StartAsync(
            options => options.Organizations["globex"] = new() { Name = "Globex", PublicBaseUri = new(Globex), Languages = { "fr" } }, web => web.Tenant = "acme");
        using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(new(address), "/Customer/request?tenant=other"));
        using var shown = await product.Anyone.SendAsync(get, Cancelled);
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri(new(address), "/Customer/request?tenant=other"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(Printer) { ["tenant"] = "other" }),
        };
        post.Headers.Add("X-Forwarded-Host", "other.example");

        using var answer = await product.Anyone.SendAsync(post, Cancelled);

        var page = WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(Cancelled));
        page.Should().Contain($"<html lang=\"{language}\"").And.Contain($"<h1>{heading}</h1>");
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        foreach (var each in (string[])["acme", "globex", "other", "default"])
            (await QueueAsync(product, each)).Should().HaveCount(each == tenant ? 1 : 0, each);
    }

    [Fact]
    public async Task Tenant_OfItsOwnRule_AloneOffersIt()
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Organizations["globex"] = new() { Name = "Globex", PublicBaseUri = new(Globex) };
            options.TenantRequests["globex"] = new() { IsEnabled = true };
        });

        (await product.Anyone.GetAsync("/Customer/request", Cancelled)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await product.Anyone.GetAsync(Globex + "Customer/request", Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static Task<TestProduct> StartAsync(
        Action<RescueSessionsOptions>? configure = null, Action<RescueWebOptions>? web = null, ISessionStore? store = null) => TestProduct.StartAsync(
        options =>
        {
            options.Requests.IsEnabled = true;
            options.RequestLimits.PerAddress = 0;
            configure?.Invoke(options);
        },
        options =>
        {
            options.Tenant = "acme";
            web?.Invoke(options);
        },
        store: store);

    private static async Task<string> AskAsync(TestProduct product, string agent = "")
    {
        using var answer = await PostAsync(product, Printer, agent);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<HttpResponseMessage> PostAsync(TestProduct product, Dictionary<string, string> form, string agent = "", string address = "203.0.113.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Customer/request") { Content = new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.Add("X-Address", address);
        return await product.Anyone.SendAsync(request, Cancelled);
    }

    private static async Task<JsonElement[]> QueueAsync(TestProduct product, string tenant = "acme") =>
        [.. (await product.Technician(tenant: tenant).GetJsonAsync("/rescue/sessions")).GetProperty("items").EnumerateArray()];

    [GeneratedRegex("<(?:input|textarea)[^>]* name=\"([a-z]+)\"")]
    private static partial Regex Fields();
}
