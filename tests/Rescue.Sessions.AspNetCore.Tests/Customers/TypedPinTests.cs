using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

/// <summary>What a stranger may try at the door for typed PINs, over a real connection.</summary>
public class TypedPinTests
{
    private const string Multipart = "multipart/form-data; boundary=b";

    [Fact]
    public async Task EveryPinThatDoesNotWork_GetsTheSameBytesAndHeaders()
    {
        await using var product = await TestProduct.StartAsync(
            options => options.Guessing.PerAddress = options.Guessing.PerTenant = options.Guessing.Overall = 0, overTcp: true);
        var technician = product.Technician();
        var used = await technician.CreateAsync();
        await product.Anyone.JoinAsync(used);
        var revoked = await technician.CreateAsync();
        await technician.PostAsync($"/rescue/sessions/{revoked.Text("id")}/revoke", null, HttpStatusCode.OK);
        var expired = await technician.CreateAsync();
        await product.PassAsync(TimeSpan.FromMinutes(20));

        var answers = new HashSet<string>();
        foreach (var pin in (string[])[used.Text("pin"), revoked.Text("pin"), expired.Text("pin"), "0000000", "12345", "1234567890123", "abc", "", "<b>", "１２３"])
        {
            using var answer = await PostAsync(product, $"Code={Uri.EscapeDataString(pin)}");
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
            answers.Add(await WholeAsync(answer));
        }

        answers.Should().ContainSingle();
    }

    [Theory]
    [InlineData("Code=1&Code=2")]
    [InlineData("%")]
    [InlineData("Code=%FF%FE")]
    [InlineData("Code=%ED%A0%80")]
    [InlineData("&&&===")]
    [InlineData("Code")]
    public async Task OddForm_IsAWrongPin(string form)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);

        using var answer = await PostAsync(product, form);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        product.Faults.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"Code\"\r\n\r\n1")]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n1")]
    [InlineData(Multipart, "--b")]
    [InlineData(Multipart, "")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("application/json", "{\"Code\":\"123456\"}")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "Code=+ADEAMgAz-")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", "Code=123")]
    [InlineData("nonsense", "Code=123")]
    public async Task Form_OfAnotherKind_IsAWrongPin(string contentType, string body)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);

        using var answer = await PostAsync(product, body, contentType);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        product.Faults.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a=")]
    [InlineData(Multipart, "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n")]
    public async Task EndlessForm_IsAnsweredBeforeItsEnd(string contentType, string start)
    {
        await using var product = await TestProduct.StartAsync();
        var endless = new EndlessForm(start);
        endless.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Customer") { Content = endless };

        using var answer = await product.Anyone.SendAsync(request, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        endless.Written.Should().BeLessThan(1_000_000);
    }

    [Fact]
    public async Task SpentBudget_IsThe429Page_WhichIsTheSameForARightPin_AndEndsAfterRetryAfter()
    {
        await using var product = await TestProduct.StartAsync(options => options.Guessing.PerAddress = 3);
        var created = await product.Technician().CreateAsync();
        var wrong = created.Text("pin") == "000000" ? "000001" : "000000";
        for (var i = 0; i < 3; i++)
            (await PostAsync(product, $"Code={wrong}")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        using var right = await PostAsync(product, $"Code={created.Text("pin")}");
        using var again = await PostAsync(product, $"Code={wrong}");

        right.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await WholeAsync(right)).Should().Be(await WholeAsync(again)).And.Contain("role=\"alert\"");
        (await product.Technician().GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).Text("status").Should().Be("connecting");
        product.Time.Advance(right.Headers.RetryAfter!.Delta!.Value);
        (await PostAsync(product, $"Code={created.Text("pin")}")).StatusCode.Should().Be(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Budget_IsSharedByPageAndApplet_AndByANetwork()
    {
        await using var product = await TestProduct.StartAsync(options => options.Guessing.PerAddress = 2);
        product.Anyone.DefaultRequestHeaders.Add("X-Address", "2001:db8::1");
        await product.Anyone.PostAsync("/applet/join", new { pin = "0000000" }, HttpStatusCode.NotFound);
        (await PostAsync(product, "Code=0000000")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        product.Anyone.DefaultRequestHeaders.Remove("X-Address");
        product.Anyone.DefaultRequestHeaders.Add("X-Address", "2001:db8::ffff");
        await product.Anyone.PostAsync("/applet/join", new { pin = "0000000" }, HttpStatusCode.TooManyRequests);
        product.Anyone.DefaultRequestHeaders.Remove("X-Address");
        product.Anyone.DefaultRequestHeaders.Add("X-Address", "2001:db8:0:1::1");
        await product.Anyone.PostAsync("/applet/join", new { pin = "0000000" }, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{0} ")]
    [InlineData("{1}-{2}")]
    [InlineData("{1} {2}")]
    public async Task RightPin_AsPeopleTypeIt_LeadsToTheLanding(string typed)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();
        var pin = created.Text("pin");

        using var answer = await PostAsync(product, "Code=" + Uri.EscapeDataString(string.Format(null, typed, pin, pin[..3], pin[3..])));

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("null", "same-origin")]
    [InlineData("http://localhost", null)]
    [InlineData("http://LocalHost:80", null)]
    [InlineData("https://help.example.org", null)]
    public async Task RightPin_FromAnyBrowserThatShowsThePage_LeadsToTheLanding_AndLookingUsesNothingUp(string? origin, string? site)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        foreach (var page in (string[])["/Customer", $"/Customer?Code={created.Text("pin")}", new Uri(created.Text("link")).PathAndQuery])
        {
            using var shown = await SendAsync(product, HttpMethod.Get, page, origin, site);
            shown.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        using var answer = await SendAsync(product, HttpMethod.Post, "/Customer", origin, site, $"Code={created.Text("pin")}");

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        var session = await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}");
        session.Text("status").Should().Be("connecting");
        session.GetProperty("history").GetArrayLength().Should().Be(1);
        await product.Anyone.PostAsync("/applet/join", new { pin = created.Text("pin") }, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("null", "cross-site")]
    [InlineData("null", "same-site")]
    [InlineData("https://evil.example", null)]
    public async Task RightPin_FromAPageOfSomebodyElse_IsRefused(string origin, string? site)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        using var answer = await SendAsync(product, HttpMethod.Post, "/Customer", origin, site, $"Code={created.Text("pin")}");

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestProduct product, HttpMethod method, string path, string? origin, string? site, string? form = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (form is not null)
            request.Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await product.Anyone.SendAsync(request, Cancelled);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> PostAsync(TestProduct product, string body, string contentType = "application/x-www-form-urlencoded")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await product.Anyone.PostAsync("/Customer", content, Cancelled);
    }

    private static async Task<string> WholeAsync(HttpResponseMessage answer)
    {
        answer.Headers.Date = null;
        return $"{answer.StatusCode}\n{answer.Headers}{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync(Cancelled)}";
    }

    /// <summary>A form that goes on until its reader has enough.</summary>
    private sealed class EndlessForm(string start) : HttpContent
    {
        private const int Most = 40_000_000;

        public int Written { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[4096];
            Array.Fill(block, (byte)'a');
            await stream.WriteAsync(Encoding.ASCII.GetBytes(start), Cancelled);
            while (Written < Most)
            {
                await stream.WriteAsync(block, Cancelled);
                await stream.FlushAsync(Cancelled);
                Written += block.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
