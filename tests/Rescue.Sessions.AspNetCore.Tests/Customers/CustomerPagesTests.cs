using System.IO.Compression;
using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public class CustomerPagesTests
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36";

    [Fact]
    public async Task Landing_HostileName_IsEncoded_AndTheForgedHostIsNowhere()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync("<script>alert('x')</script>\"");

        using var answer = await GetAsync(product, created.Text("link"), request =>
        {
            request.Headers.Host = "evil.example";
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.UserAgent.ParseAdd(Windows);
        });
        var page = await answer.Content.ReadAsStringAsync(Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Should().NotContain("<script").And.Contain("&lt;script&gt;").And.NotContain("evil.example").And.Contain("Acme &amp; Sons");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'");
    }

    [Fact]
    public async Task EveryGet_ChangesNothing()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var before = await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled);
        var query = new Uri(created.Text("link")).Query;

        foreach (var path in (string[])[$"/Customer/Code.aspx{query}", $"/Customer/Code.aspx?Code={created.Text("pin")}", $"/Customer/applet/windows{query}", "/Customer"])
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using var request = new HttpRequestMessage(method, path);
                (await product.Anyone.SendAsync(request, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK, path);
            }
        }

        (await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled)).Should().Be(before);
    }

    [Fact]
    public async Task Landing_WithoutToken_TellsNothingAboutThePin()
    {
        await using var product = await TestProduct.StartAsync();
        var pin = (await product.Technician().CreateAsync()).Text("pin");
        var madeUp = pin == "111111" ? "222222" : "111111";

        var live = await product.Anyone.GetStringAsync($"/Customer/Code.aspx?Code={pin}", Cancelled);
        var none = await product.Anyone.GetStringAsync($"/Customer/Code.aspx?Code={madeUp}", Cancelled);

        live.Replace(pin, madeUp, StringComparison.Ordinal).Should().Be(none);
    }

    [Fact]
    public async Task Landing_LinksThatLeadNowhere_SaySoWithTheRightStatus()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var used = await technician.CreateAsync();
        await product.Anyone.JoinAsync(used);
        var revoked = await technician.CreateAsync();
        await technician.PostAsync($"/rescue/sessions/{revoked.Text("id")}/revoke", null, HttpStatusCode.OK);
        var live = await technician.CreateAsync();
        var expired = await technician.CreateAsync();

        await ExpectAsync("/Customer/Code.aspx", HttpStatusCode.BadRequest);
        await ExpectAsync("/Customer/Code.aspx?Code=12", HttpStatusCode.NotFound);
        await ExpectAsync($"/Customer/Code.aspx?Code={live.Text("pin")}&k=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.NotFound);
        await ExpectAsync($"/Customer/Code.aspx?Code=000000&k={Requests.TokenOf(live)}", live.Text("pin") == "000000" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        await ExpectAsync(used.Text("link"), HttpStatusCode.Conflict);
        await ExpectAsync(revoked.Text("link"), HttpStatusCode.Gone);
        product.Time.Advance(TimeSpan.FromMinutes(20));
        await ExpectAsync(expired.Text("link"), HttpStatusCode.Gone);

        async Task ExpectAsync(string path, HttpStatusCode status)
        {
            using var answer = await GetAsync(product, path, request => request.Headers.AcceptLanguage.ParseAdd("fr-CA, en;q=0.5"));
            answer.StatusCode.Should().Be(status, path);
            answer.Content.Headers.ContentLanguage.Should().Equal("fr");
        }
    }

    [Fact]
    public async Task TypedPin_Right_LeadsToTheLanding_Wrong_GetsOnePage()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var used = await technician.CreateAsync();
        await product.Anyone.JoinAsync(used);
        var before = await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled);

        using var right = await SubmitAsync(product, created.Text("pin"));
        right.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        right.Headers.Location!.OriginalString.Should().Be(new Uri(created.Text("link")).PathAndQuery);
        (await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled)).Should().Be(before);

        var pages = new HashSet<string>();
        foreach (var pin in (string[])[used.Text("pin"), created.Text("pin") == "000000" ? "000001" : "000000", "abc", ""])
        {
            using var wrong = await SubmitAsync(product, pin);
            wrong.StatusCode.Should().Be(HttpStatusCode.NotFound);
            pages.Add(await wrong.Content.ReadAsStringAsync(Cancelled));
        }

        pages.Should().ContainSingle();
    }

    [Fact]
    public async Task Download_HasTheAppletAndTheLinkBesideIt()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        (await LinkInAsync("/Customer/applet/linux" + new Uri(created.Text("link")).Query)).Should().Be(created.Text("link"));
        (await LinkInAsync("/Customer/applet/linux")).Should().Be(TestProduct.Base + "Customer");
        (await product.Anyone.GetAsync("/Customer/applet/android", Cancelled)).StatusCode.Should().Be(HttpStatusCode.NotFound);

        async Task<string> LinkInAsync(string path)
        {
            using var archive = new ZipArchive(new MemoryStream(await product.Anyone.GetByteArrayAsync(path, Cancelled)));
            archive.Entries.Should().HaveCount(3);
            (archive.Entries[2].ExternalAttributes >> 16 & 0x1FF).Should().Be(0x1ED, "the applet may be run");
            using var link = new StreamReader(archive.GetEntry("session.link")!.Open());
            return (await link.ReadToEndAsync(Cancelled)).TrimEnd();
        }
    }

    [Fact]
    public async Task Prefix_MovesEveryRoute()
    {
        await using var product = await TestProduct.StartAsync(prefix: "/support");
        var created = await product.Technician().PostAsync("/support/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.Created);

        created.Text("link").Should().StartWith(TestProduct.Base + "support/Customer/Code.aspx?");
        using var landing = await GetAsync(product, created.Text("link"), request => request.Headers.UserAgent.ParseAdd(Windows));
        (await landing.Content.ReadAsStringAsync(Cancelled)).Should().Contain("href=\"/support/Customer/applet/windows?");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> GetAsync(TestProduct product, string path, Action<HttpRequestMessage> add)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        add(request);
        return product.Anyone.SendAsync(request, Cancelled);
    }

    private static Task<HttpResponseMessage> SubmitAsync(TestProduct product, string pin) =>
        product.Anyone.PostAsync("/Customer", new FormUrlEncodedContent([new("Code", pin)]), Cancelled);
}
