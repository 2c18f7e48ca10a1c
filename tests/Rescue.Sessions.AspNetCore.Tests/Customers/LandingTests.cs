using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public class LandingTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", null, "windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", null, "linux")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", "\"Windows\"", "windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "\"Linux\"", "linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "\"Unknown\"", "windows")]
    public async Task Platform_OfTheBrowser_IsOfferedFirst_WithTheOthersInReach(string userAgent, string? hint, string platform)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        var page = await PageAsync(product, created.Text("link"), userAgent, hint);

        page.Should().Contain($"<a class=\"button\" href=\"/Customer/applet/{platform}?");
        page.Should().Contain("/Customer/applet/windows?").And.Contain("/Customer/applet/linux?");
    }

    [Theory]
    [InlineData("curl/8.0")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData(null)]
    public async Task Platform_ThatIsUnknownOrWithoutAnApplet_LetsTheCustomerChoose(string? userAgent)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        var page = await PageAsync(product, created.Text("link"), userAgent, null);

        page.Should().NotContain("class=\"button\"").And.NotContain("<script");
        page.Should().Contain("/Customer/applet/windows?").And.Contain("/Customer/applet/linux?");
    }

    [Fact]
    public async Task Platform_SetByTheTechnician_Wins()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", platform = "linux" } }, HttpStatusCode.Created);

        (await PageAsync(product, created.Text("link"), "Mozilla/5.0 (Windows NT 10.0)", null)).Should().Contain("class=\"button\" href=\"/Customer/applet/linux?");
    }

    [Fact]
    public async Task Mobile_WithoutTheAddOn_IsToldSo_AndNothingIsUsedUp()
    {
        await using var product = await TestProduct.StartAsync(options =>
            options.Permissions.Groups.Add(new() { Name = "desk", Grants = [ConnectionRight.PrivateSessions, ConnectionRight.PinConnection] }));
        var created = await product.Technician(group: "desk").CreateAsync();

        using var request = Request(HttpMethod.Get, created.Text("link"), "Mozilla/5.0 (Linux; Android 15)", null);
        using var answer = await product.Anyone.SendAsync(request, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        await product.Anyone.JoinAsync(created);
    }

    [Fact]
    public async Task EveryAnswer_IsProtected_AndItsStyleIsTheOneThePolicyNames()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        foreach (var path in (string[])[created.Text("link"), "/Customer", "/Customer/Code.aspx", "/Customer/Code.aspx?Code=123456", "/Customer/applet/beos", "/Customer/decline", "/Customer/another-device?Code=123456"])
        {
            using var answer = await product.Anyone.GetAsync(path, Cancelled);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
            var page = await answer.Content.ReadAsStringAsync(Cancelled);
            var style = page.Split("<style>")[1].Split("</style>")[0];
            policy.Should().Contain($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
            page.Should().NotContain("<script").And.NotContain("http://").And.NotContain("https://").And.NotContain("style=\"");
        }
    }

    [Fact]
    public async Task ForgedHost_IsNowhereInAnyAnswer()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        Forge(technician);
        Forge(product.Anyone);
        var created = await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient" } }, HttpStatusCode.Created);
        var query = new Uri(created.Text("link")).Query;
        var answers = new List<HttpResponseMessage>
        {
            await technician.GetAsync($"/rescue/sessions/{created.Text("id")}", Cancelled),
            await product.Anyone.GetAsync("/Customer/Code.aspx" + query, Cancelled),
            await product.Anyone.GetAsync("/Customer", Cancelled),
            await product.Anyone.PostAsync("/Customer", new FormUrlEncodedContent([new("Code", created.Text("pin"))]), Cancelled),
            await product.Anyone.PostAsync("/Customer", new FormUrlEncodedContent([new("Code", "0000000")]), Cancelled),
            await product.Anyone.GetAsync("/Customer/", Cancelled),
        };

        created.ToString().Should().NotContain("evil");
        foreach (var answer in answers)
            $"{answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync(Cancelled)}".Should().NotContain("evil");
        using var archive = new ZipArchive(new MemoryStream(await product.Anyone.GetByteArrayAsync("/Customer/applet/windows" + query, Cancelled)));
        using var link = new StreamReader(archive.GetEntry("session.link")!.Open());
        (await link.ReadToEndAsync(Cancelled)).Trim().Should().Be(created.Text("link"));

        static void Forge(HttpClient client)
        {
            client.DefaultRequestHeaders.Host = "evil.example";
            foreach (var header in (string[])["X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Original-URL"])
                client.DefaultRequestHeaders.Add(header, "evil.example");
            client.DefaultRequestHeaders.Add("Forwarded", "host=evil.example;proto=http");
        }
    }

    [Fact]
    public async Task Scanners_WhateverTheyFollow_UseNothingUp()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var own = $"/rescue/sessions/{created.Text("id")}";
        var before = await technician.GetStringAsync(own, Cancelled);
        var query = new Uri(created.Text("link")).Query;

        foreach (var path in (string[])["/Customer/Code.aspx", "/Customer", "/Customer/", "/Customer/browser", "/Customer/decline", "/Customer/request", "/Customer/another-device", "/Customer/applet/windows", "/Customer/applet/linux", "/Customer/applet/android", "/applet/join"])
        {
            foreach (var method in (string[])["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
            {
                using var request = Request(new HttpMethod(method), path + query, "Scanner/1.0", null);
                using var answer = await product.Anyone.SendAsync(request, Cancelled);
                ((int)answer.StatusCode).Should().BeLessThan(500);
            }
        }

        (await technician.GetStringAsync(own, Cancelled)).Should().Be(before);
        await product.Anyone.JoinAsync(created);
    }

    [Theory]
    [InlineData("/Customer/Code.aspx")]
    [InlineData("/Customer")]
    [InlineData("/Customer/browser")]
    [InlineData("/Customer/decline")]
    [InlineData("/Customer/request")]
    [InlineData("/Customer/another-device")]
    [InlineData("/Customer/applet/windows")]
    [InlineData("/Customer/applet/beos")]
    public async Task Head_SaysWhatGetSays_WithoutABody(string path)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        using var get = await product.Anyone.GetAsync(path, Cancelled);
        using var head = await product.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancelled);

        head.StatusCode.Should().Be(get.StatusCode);
        head.Content.Headers.ContentType.Should().Be(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync(Cancelled)).Should().BeEmpty();
        product.Faults.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Code=123456&Code=654321", HttpStatusCode.NotFound)]
    [InlineData("Code=%20", HttpStatusCode.BadRequest)]
    [InlineData("Code=%3Cscript%3E", HttpStatusCode.NotFound)]
    [InlineData("Code=%00%00%00%00%00%00", HttpStatusCode.NotFound)]
    [InlineData("Code=123456&k=", HttpStatusCode.NotFound)]
    [InlineData("Code=123456&k=%22%3E%3Cscript%3E", HttpStatusCode.NotFound)]
    [InlineData("Code=123456&k=AAAAAAAAAAAAAAAAAAAAAA&k=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.NotFound)]
    [InlineData("Code=%ED%A0%80%ED%A0%80%ED%A0%80%ED%A0%80%ED%A0%80%ED%A0%80", HttpStatusCode.NotFound)]
    [InlineData("i=%22%3E%3Cscript%3E&Code=123456", HttpStatusCode.OK)]
    [InlineData("i=2", HttpStatusCode.BadRequest)]
    public async Task Link_ThatWasTamperedWith_IsAPage(string query, HttpStatusCode expected)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await product.Anyone.GetAsync($"/Customer/Code.aspx?{query}", Cancelled);

        answer.StatusCode.Should().Be(expected);
        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().NotContain("<script").And.StartWith("<!DOCTYPE html>");
    }

    [Fact]
    public async Task Link_WithTheCodeOfAnother_IsTheSamePageAsForNoSession()
    {
        await using var product = await TestProduct.StartAsync();
        var one = await product.Technician().CreateAsync();
        var two = await product.Technician().CreateAsync();

        var mixed = await product.Anyone.GetAsync($"/Customer/Code.aspx?Code={one.Text("pin")}&k={Requests.TokenOf(two)}", Cancelled);
        var none = await product.Anyone.GetAsync($"/Customer/Code.aspx?Code={one.Text("pin")}&k=AAAAAAAAAAAAAAAAAAAAAA", Cancelled);

        mixed.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await mixed.Content.ReadAsStringAsync(Cancelled)).Should().Be(await none.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("/Customer/applet/windows?k=AAAAAAAAAAAAAAAAAAAAAA&Code=123456")]
    [InlineData("/Customer/applet/windows?k=short&Code=123456")]
    [InlineData("/Customer/applet/windows?k=AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/Customer/applet/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/Customer/applet/%0D%0ASet-Cookie:x")]
    [InlineData("/Customer/applet/0")]
    public async Task Download_ThatLeadsNowhere_IsA404Page(string path)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await product.Anyone.GetAsync(path, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
    }

    [Fact]
    public async Task Download_OfACodeThatIsOver_SaysWhy()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();
        var path = "/Customer/applet/windows" + new Uri(created.Text("link")).Query;
        await product.Anyone.JoinAsync(created);

        (await product.Anyone.GetAsync(path, Cancelled)).StatusCode.Should().Be(HttpStatusCode.Conflict);
        await product.Technician().PostAsync($"/rescue/sessions/{created.Text("id")}/close", null, HttpStatusCode.OK);
        (await product.Anyone.GetAsync(path, Cancelled)).StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Link_OfAnInternationalHost_ReachesTheAppletWhole()
    {
        await using var product = await TestProduct.StartAsync(options => options.Codes.PublicBaseUri = new Uri("https://bücher.example/hilfe"));
        var created = await product.Technician().CreateAsync();

        using var archive = new ZipArchive(new MemoryStream(
            await product.Anyone.GetByteArrayAsync("/Customer/applet/windows" + new Uri(created.Text("link")).Query, Cancelled)));
        using var link = new StreamReader(archive.GetEntry("session.link")!.Open());

        (await link.ReadToEndAsync(Cancelled)).Trim().Should().Be(created.Text("link"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static HttpRequestMessage Request(HttpMethod method, string path, string? userAgent, string? hint)
    {
        var request = new HttpRequestMessage(method, path);
        if (userAgent is not null)
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (hint is not null)
            request.Headers.TryAddWithoutValidation("Sec-CH-UA-Platform", hint);
        return request;
    }

    private static async Task<string> PageAsync(TestProduct product, string path, string? userAgent, string? hint)
    {
        using var request = Request(HttpMethod.Get, path, userAgent, hint);
        using var answer = await product.Anyone.SendAsync(request, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
