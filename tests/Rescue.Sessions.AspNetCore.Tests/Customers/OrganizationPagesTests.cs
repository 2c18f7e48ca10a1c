using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>Two organisations and the product, each on a host name of its own.</summary>
public sealed partial class OrganizationPagesTests : IAsyncLifetime
{
    private const string Acme = "https://help.acme.example/";
    private const string Globex = "https://aide.globex.example/";

    private static readonly byte[] Logo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private TestProduct product = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => product = await TestProduct.StartAsync(options =>
    {
        options.Organization.Name = "The product";
        options.Guessing.PerAddress = 0;
        options.Guessing.PerTenant = 2;
        options.Organizations["acme"] = new() { Name = "Acme", PublicBaseUri = new(Acme) };
        options.Organizations["globex"] = new()
        {
            Name = "Globex & Fils", PublicBaseUri = new(Globex), AccentColor = "#7a1fa2", Logo = Logo, Phone = "+33 (0)1 23 45 67 89", Url = new("https://globex.example/aide"),
            Languages = { "fr" }, Wording = { ["fr"] = "Ouvert de 9 h à 17 h." },
        };
    });

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Landing_OfEach_ShowsItsOwnNameLookAndLanguage()
    {
        var acme = await PageAsync(await LinkAsync("acme"));
        var globex = await PageAsync(await LinkAsync("globex"));

        acme.Should().Contain("<html lang=\"en\"").And.Contain("<bdi>Acme</bdi>").And.Contain("Name of alice from Acme").And.NotContain("Globex").And.NotContain("<img");
        globex.Should().Contain("<html lang=\"fr\"").And.Contain("<bdi>Globex &amp; Fils</bdi>").And.NotContain("Acme").And.NotContain("The product");
        globex.Should().Contain("--accent: #7a1fa2; --on-accent: #ffffff;");
        globex.Should().Contain($"<img class=\"logo\" src=\"data:image/png;base64,{Convert.ToBase64String(Logo)}\" alt=\"\">");
        WebUtility.HtmlDecode(globex).Should().Contain("href=\"tel:+330123456789\">+33 (0)1 23 45 67 89</a>").And.Contain("href=\"https://globex.example/aide\">globex.example/aide</a>");
        globex.Should().Contain("<p dir=\"auto\">Ouvert de 9 h à 17 h.</p>");
    }

    [Theory]
    [InlineData(Acme, "Acme", "en")]
    [InlineData(Globex, "Globex &amp; Fils", "fr")]
    [InlineData("https://AIDE.globex.example/", "Globex &amp; Fils", "fr")]
    [InlineData("https://aide.globex.example:8443/", "Globex &amp; Fils", "fr")]
    [InlineData(TestProduct.Base, "The product", "en")]
    [InlineData("https://evil.example/", "The product", "en")]
    [InlineData("https://127.0.0.1/", "The product", "en")]
    public async Task PinPage_IsOfTheOrganizationWhoseHostNameItIs(string address, string name, string language)
    {
        var page = await PageAsync($"{address}Customer");

        page.Should().Contain($"<bdi>{name}</bdi>").And.Contain($"<html lang=\"{language}\"").And.NotContain("evil.example");
        (await PageAsync($"{address}Customer/Code.aspx?i=2&Code=123456")).Should().Contain($"<bdi>{name}</bdi>");
        (await PageAsync($"{address}Customer/Code.aspx", HttpStatusCode.BadRequest)).Should().Contain($"<bdi>{name}</bdi>");
    }

    [Fact]
    public async Task Link_OfAnEndedSession_IsExplainedByItsOwnOrganization()
    {
        var link = await LinkAsync("globex");
        product.Time.Advance(TimeSpan.FromHours(1));

        (await PageAsync(link, HttpStatusCode.Gone)).Should().Contain("<bdi>Globex &amp; Fils</bdi>").And.Contain("<html lang=\"fr\"");
    }

    [Theory]
    [InlineData("globex", Acme)]
    [InlineData("globex", TestProduct.Base)]
    [InlineData("acme", Globex)]
    [InlineData("elsewhere", Globex)]
    public async Task Link_OnAnothersHostName_LeadsToItsOwn_AndNotInCircles(string tenant, string wrong)
    {
        var link = await LinkAsync(tenant);
        var path = new Uri(link).PathAndQuery;

        using var answer = await product.Anyone.GetAsync(new Uri(new(wrong), path), Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.Location!.AbsoluteUri.Should().Be($"{link}&moved=1");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        // A proxy that shows the host another name than the browser does.
        using var again = await product.Anyone.GetAsync(new Uri(new(wrong), answer.Headers.Location.PathAndQuery), Cancellation);
        again.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://10.0.0.7:8080/")]
    public async Task Link_OnAnUnknownHostName_IsServedThere(string unknown)
    {
        var link = await LinkAsync("globex");

        (await PageAsync(new Uri(new Uri(unknown), new Uri(link).PathAndQuery).AbsoluteUri)).Should().Contain("<bdi>Globex &amp; Fils</bdi>").And.NotContain("evil.example");
    }

    [Fact]
    public async Task TypedPin_AtItsOwnDoor_LeadsOn_AndAtAnothersToItsOwn()
    {
        var created = await product.Technician(tenant: "globex").CreateAsync();

        using var own = await TypeAsync(Globex, created.Text("pin"));
        own.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        own.Headers.Location!.OriginalString.Should().Be(new Uri(created.Text("link")).PathAndQuery);
        using var other = await TypeAsync(Acme, created.Text("pin"));
        other.StatusCode.Should().Be(HttpStatusCode.OK);
        var page = await other.Content.ReadAsStringAsync(Cancellation);
        page.Should().Contain("<bdi>Globex &amp; Fils</bdi>").And.Contain($"class=\"button\" href=\"{created.Text("link").Replace("&", "&amp;", StringComparison.Ordinal)}\">")
            .And.Contain("aide.globex.example").And.NotContain("Acme");
        (await product.Technician(tenant: "globex").GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).Text("status").Should().Be("connecting");
    }

    [Fact]
    public async Task WrongPins_AreCountedByDoor()
    {
        for (var i = 0; i < 2; i++)
            (await TypeAsync(Acme, "000000")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        (await TypeAsync(Acme, "000000")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await TypeAsync(Acme.Replace("help", "HELP", StringComparison.Ordinal), "000000")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests, "another writing is no other door");
        (await TypeAsync(Globex, "000000")).StatusCode.Should().Be(HttpStatusCode.NotFound, "the limit of one is not the other's");
        (await TypeAsync("https://made-up-1.example/", "000000")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await TypeAsync("https://made-up-2.example/", "000000")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await TypeAsync("https://made-up-3.example/", "000000")).StatusCode.Should().Be(HttpStatusCode.TooManyRequests, "names that nobody has configured are one door");
    }

    [Fact]
    public async Task Download_CarriesTheAddressOfItsOrganization()
    {
        var link = await LinkAsync("globex");

        (await LinkFileAsync($"{Globex}Customer/applet/windows{new Uri(link).Query}")).Should().Be(link);
        (await LinkFileAsync($"{Acme}Customer/applet/windows{new Uri(link).Query}")).Should().Be(link);
        (await LinkFileAsync($"{Globex}Customer/applet/windows")).Should().Be($"{Globex}Customer");
        (await LinkFileAsync("https://evil.example/Customer/applet/windows")).Should().Be($"{TestProduct.Base}Customer");
    }

    [Fact]
    public async Task Policy_AllowsTheOwnStyleAndLogo_AndNothingElse()
    {
        using var answer = await product.Anyone.GetAsync($"{Globex}Customer", Cancellation);

        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        var styles = Style().Matches(page).Select(found => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(found.Groups[1].Value)))}'").ToArray();
        styles.Should().HaveCount(2);
        answer.Headers.GetValues("Content-Security-Policy").Should().Equal(
            $"default-src 'none'; style-src {styles[0]} {styles[1]}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        using var plain = await product.Anyone.GetAsync($"{Acme}Customer", Cancellation);
        plain.Headers.GetValues("Content-Security-Policy").Should().Equal(
            $"default-src 'none'; style-src {styles[0]}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("globex", "fr, en;q=0.5", "fr")]
    [InlineData("globex", "en", "fr")]
    [InlineData("globex", "fr-CA", "fr")]
    [InlineData("acme", "de", "de")]
    public async Task Language_IsOneThatTheOrganizationSpeaks(string tenant, string asked, string shown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await LinkAsync(tenant));
        request.Headers.AcceptLanguage.ParseAdd(asked);

        using var answer = await product.Anyone.SendAsync(request, Cancellation);

        answer.Content.Headers.ContentLanguage.Should().Equal(shown);
    }

    [Fact]
    public async Task Mail_OfEach_IsItsOwn()
    {
        await product.Technician(tenant: "globex").PutAsync(
            "/rescue/settings/organization",
            new { senderAddress = "aide@globex.example", senderName = "{organization} – {technician}", replyTo = "retour@globex.example", timeZone = "Europe/Paris" });
        foreach (var tenant in (string[])["acme", "globex"])
        {
            await product.Technician(tenant: tenant).PostAsync(
                "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@customer.example" } }, HttpStatusCode.Created);
        }

        await product.UntilAsync(() => Task.FromResult(product.Sent.Messages.Count == 2));
        var acme = product.Sent.Messages.Single(message => message.Link.Host == "help.acme.example");
        var globex = product.Sent.Messages.Single(message => message.Link.Host == "aide.globex.example");
        (acme.From.Address, acme.From.DisplayName, acme.ReplyTo!.Address, acme.Language).Should().Be(("support@example.org", "Name of alice, Acme", "alice@example.org", "en"));
        (globex.From.Address, globex.From.DisplayName, globex.ReplyTo!.Address, globex.Language)
            .Should().Be(("aide@globex.example", "Globex & Fils – Name of alice", "retour@globex.example", "fr"));
        acme.MessageId.Should().EndWith("@example.org");
        globex.MessageId.Should().EndWith("@globex.example");
        acme.Html.Should().Contain("background:#0b57d0").And.NotContain("#7a1fa2").And.NotContain("globex");
        globex.Html.Should().Contain("background:#7a1fa2").And.Contain("+33 (0)1 23 45 67 89").And.Contain("href=\"https://globex.example/aide\"").And.NotContain("#0b57d0").And.NotContain("Acme");
        globex.Text.Should().Contain("UTC+01:00");
    }

    private async Task<string> LinkAsync(string tenant) => (await product.Technician(tenant: tenant).CreateAsync()).Text("link");

    private async Task<string> PageAsync(string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await product.Anyone.GetAsync(address, Cancellation);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.Should().Be(expected, page);
        return page;
    }

    private Task<HttpResponseMessage> TypeAsync(string door, string pin) =>
        product.Anyone.PostAsync($"{door}Customer", new FormUrlEncodedContent(new Dictionary<string, string> { ["Code"] = pin }), Cancellation);

    private async Task<string> LinkFileAsync(string address)
    {
        using var archive = new ZipArchive(await product.Anyone.GetStreamAsync(address, Cancellation));
        using var reader = new StreamReader(archive.GetEntry("session.link")!.Open());
        return (await reader.ReadToEndAsync(Cancellation)).Trim();
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
