using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

/// <summary>A change comes from where it says, on every route: those that are there are asked for, so that a new one cannot be missed.</summary>
public class SameOriginTests
{
    private static readonly string[] Changing = ["POST", "PUT", "PATCH", "DELETE"];

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("https://evil.example", "cross-site")]
    [InlineData("https://evil.example", "same-origin")]
    [InlineData("https://app.example.org", "same-site")]
    [InlineData("http://localhost:8080", "same-site")]
    [InlineData("https://localhost", null)]
    [InlineData("http://localhost.evil.example", null)]
    [InlineData("http://help.example.org", null)]
    [InlineData("null", null)]
    [InlineData("null", "cross-site")]
    [InlineData("not an origin", null)]
    [InlineData("http://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸", null)]
    [InlineData("https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example", null)]
    [InlineData("https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example", "same-origin")]
    [InlineData("https://一与丕东丣个丱丸丿乆乍乔乛乢乩买乷乾亅二亓亚亡亨亯亶亽仄介仒仙仠仧仮仵仼伃伊休.example", "same-origin")]
    [InlineData(null, "cross-site")]
    [InlineData(null, "same-site")]
    [InlineData(null, "Same-Site")]
    [InlineData("http://localhost", "same-site")]
    public async Task EveryChange_FromAnotherOrigin_Is403(string? origin, string? site)
    {
        await using var product = await TestProduct.StartAsync();
        // The customer's form comes with an origin that tells nothing; see TypedPinTests.
        var routes = ChangingRoutes(product).Where(route => origin != "null" || site is not null || !route.Path.StartsWith("/Customer", StringComparison.Ordinal)).ToList();

        foreach (var (method, path) in routes)
        {
            using var answer = await SendAsync(product, method, path, origin, site);
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, $"{method} {path}");
            var problem = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancelled);
            problem.Text("code").Should().Be("foreignOrigin", $"{method} {path}");
            problem.GetProperty("status").GetInt32().Should().Be(403);
        }

        routes.Should().HaveCountGreaterThan(25);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "none")]
    [InlineData(null, "same-origin")]
    [InlineData("http://localhost", "same-origin")]
    [InlineData("http://LOCALHOST:80", null)]
    [InlineData("https://help.example.org", "same-origin")]
    [InlineData("https://help.example.org:443", null)]
    [InlineData("null", "same-origin")]
    [InlineData("https://app.example", "cross-site")]
    [InlineData("https://app.example:443", "same-site")]
    public async Task EveryChange_OfTheHostsOwnOrAListedOrigin_IsServed(string? origin, string? site)
    {
        await using var product = await TestProduct.StartAsync(web: options => options.AllowedOrigins.Add("https://app.example"));

        foreach (var (method, path) in ChangingRoutes(product))
        {
            using var answer = await SendAsync(product, method, path, origin, site);
            (await answer.Content.ReadAsStringAsync(Cancelled)).Should().NotContain("foreignOrigin", $"{method} {path}");
        }
    }

    [Theory]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/path")]
    [InlineData("https://*.example")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("app.example")]
    [InlineData("https://user@app.example")]
    [InlineData("ftp://app.example")]
    [InlineData("https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example")]
    [InlineData("")]
    public async Task AllowedOrigin_ThatIsNone_IsSaidAtStart(string origin)
    {
        var start = () => TestProduct.StartAsync(web: options => options.AllowedOrigins.Add(origin));

        (await start.Should().ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).WithMessage("*AllowedOrigins*https://app.example*");
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task HostsOwnRoute_MayAskForTheSame(string? origin, HttpStatusCode expected)
    {
        await using var product = await TestProduct.StartAsync(map: app => app.MapPost("/own", () => "done").RequireSameOrigin());

        using var answer = await SendAsync(product, "POST", "/own", origin, null);

        answer.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("GET", "/rescue/me")]
    [InlineData("GET", "/rescue/sessions/1")]
    [InlineData("PATCH", "/rescue/sessions")]
    [InlineData("GET", "/Customer")]
    [InlineData("GET", "/Customer/Code.aspx")]
    [InlineData("GET", "/Customer/applet/amiga")]
    [InlineData("POST", "/applet/join")]
    [InlineData("POST", "/applet/1/heartbeat")]
    public async Task EveryAnswer_KeepsBrowsersFromGuessingItsType(string method, string path)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await SendAsync(product, method, path, null, null);

        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task EveryRoute_TellsCachesAndBrowsersWhatTheyMayDo()
    {
        await using var product = await TestProduct.StartAsync();
        var routes = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (Method: method, Path: "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{platform}", "linux").Replace("{", "").Replace("}", ""))));

        foreach (var (method, path) in routes)
        {
            using var request = new HttpRequestMessage(new(method), path);
            if (method is not ("GET" or "HEAD"))
                request.Content = JsonContent.Create(new { });
            using var answer = await product.Technician().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal(["nosniff"], $"{method} {path}");
            answer.Headers.CacheControl!.NoStore.Should().BeTrue($"{method} {path}");
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    internal static List<(string Method, string Path)> ChangingRoutes(TestProduct product) =>
    [
        .. product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => (method, endpoint)) ?? [])
            .Where(found => Changing.Contains(found.method))
            .Select(found => (found.method, "/" + found.endpoint.RoutePattern.RawText!.Trim('/').Replace("{id}", "1").Replace("{sessionId}", "1"))),
    ];

    internal static async Task<HttpResponseMessage> SendAsync(TestProduct product, string method, string path, string? origin, string? site, string host = "localhost")
    {
        using var request = new HttpRequestMessage(new(method), $"http://{host}{path}") { Content = JsonContent.Create(new { }) };
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await product.Technician().SendAsync(request, Cancelled);
    }
}
