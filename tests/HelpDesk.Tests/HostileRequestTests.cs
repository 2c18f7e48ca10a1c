using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests;

/// <summary>What no page of the sample ever sends, to every route it has, over a real connection: whatever the answer is, nothing breaks.</summary>
public sealed class HostileRequestTests
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] Queries =
    [
        "", "?", "?%", "?=&&=", "?back=/%09a", "?back=/%C3%A9", "?back=/%0D%0AX:1", "?language=%00", "?language=" + new string('x', 3000), "?language=fr&language=de",
        "?a=%FF%FE", "?after=-1", "?after=99999999999999999999", "?after=%F0%9F", "?limit=1e9", "?limit=-1", "?status=%00", "?search=%ED%A0%80", "?search=%00",
        "?changed=%3Cb%3E&ended=x", "?changed=%00&ended=-2147483649", "?view=%F0%9F%92%A9&view=", "?to=%0D%0A", "?platform=%E2%80%AE", "?Code=%EF%BC%97&k=%0D%0A&i=%00",
        "?Code=" + new string('9', 5000),
    ];

    private static readonly string[] Ids = ["1", "%00", "%C3%A9", "%0D%0A", "0123456789abcdef0123456789abcdef", new('z', 2000)];

    private static readonly (string? Type, byte[] Body)[] Bodies =
    [
        (null, []), (null, [0]), (Form, []), (Form, "back=/%09x&language=fr"u8.ToArray()), (Form, "back=/é&language=fr"u8.ToArray()), (Form, "back=/\r\nX: 1"u8.ToArray()),
        (Form, "technician=full%00&back=%2F%2Fe"u8.ToArray()), (Form, "technician=%FF%FE%ED%A0%80"u8.ToArray()), (Form, "%"u8.ToArray()), (Form, "&&==&%zz"u8.ToArray()),
        (Form, Text(string.Join('&', Enumerable.Range(0, 2000).Select(i => $"f{i}=1")))), (Form, Text("a=" + new string('a', 20_000))), (Form, Text(new string('k', 3_000) + "=1")),
        (Form + "; charset=nonsense", "technician=full"u8.ToArray()), (Form + "; charset=utf-7", "technician=+ADw-"u8.ToArray()),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"technician\"\r\n\r\nfu"u8.ToArray()), ("multipart/form-data", "x"u8.ToArray()),
        ("multipart/form-data; boundary=" + new string('b', 500), "--"u8.ToArray()), ("application/json", "{"u8.ToArray()), ("application/json", "null"u8.ToArray()),
        ("application/json", "[1]"u8.ToArray()), ("application/json", """{"version":1e400,"language":"\ud800","technician":{}}"""u8.ToArray()), ("application/json", [0xFF, 0xFE]),
        ("nonsense", "x"u8.ToArray()), (";;;", "x"u8.ToArray()),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyRoute_HostileQuery_NeverBreaks()
    {
        await using var desk = HelpDeskHost.Listening();
        using var browser = await AdministratorAsync(desk);
        var broken = new List<string>();

        foreach (var (method, path) in Routes(desk))
        {
            foreach (var query in Queries)
                broken.AddRange(await SendAsync(browser, method, path + query, null, []));
        }

        broken.Should().BeEmpty();
    }

    [Fact]
    public async Task AnyRoute_HostileBody_NeverBreaks()
    {
        await using var desk = HelpDeskHost.Listening();
        using var browser = await AdministratorAsync(desk);
        var broken = new List<string>();

        foreach (var (method, path) in Routes(desk).Where(route => route.Method is not ("GET" or "HEAD")))
        {
            foreach (var (type, body) in Bodies)
                broken.AddRange(await SendAsync(browser, method, path, type, body));
        }

        broken.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Cookie", "language=\u0001; .AspNetCore.Cookies=x")]
    [InlineData("Cookie", "language=fr-x;;;=;language")]
    [InlineData("Accept-Language", "fr-x;q=7, *;q=, ;;, \u00e9")]
    [InlineData("Accept-Language", "x-y-z, i-klingon, en_US")]
    [InlineData("User-Agent", "\u00e9\"\u0007")]
    [InlineData("Sec-CH-UA-Platform", "\"")]
    [InlineData("Origin", "https://\u00e9/%")]
    [InlineData("Last-Event-ID", "9999999999999999999999")]
    [InlineData("If-None-Match", "\"")]
    [InlineData("Range", "bytes=5-1,,-0")]
    [InlineData("Idempotency-Key", "\u00e9")]
    public async Task AnyPage_HostileHeader_NeverBreaks(string name, string value)
    {
        await using var desk = HelpDeskHost.Listening();
        using var browser = await AdministratorAsync(desk);
        var broken = new List<string>();

        foreach (var (method, path) in Routes(desk))
            broken.AddRange(await SendAsync(browser, method, path, method == "GET" ? null : Form, [], (name, value)));

        broken.Should().BeEmpty();
    }

    // The ids are spread over the routes, so that each is tried at many.
    private static IEnumerable<(string Method, string Path)> Routes(HelpDeskHost desk)
    {
        var next = 0;
        return
        [
            .. desk.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, endpoint.RoutePattern)))
                // It opens a WebSocket over HTTP/2, which is not spoken here.
                .Where(found => found.method is not "CONNECT")
                .Select(found => (found.method, Path: "/" + string.Join('/', found.RoutePattern.PathSegments.Select(segment => string.Concat(
                    segment.Parts.Select(part => part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : Ids[next++ % Ids.Length]))))))
                // Whoever signs out would have nothing more to try.
                .OrderBy(found => found.Path == "/signout"),
        ];
    }

    private static async Task<HttpClient> AdministratorAsync(HelpDeskHost desk)
    {
        var browser = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        })
        {
            BaseAddress = desk.ClientOptions.BaseAddress,
        };
        using var signedIn = await browser.PostAsync("/signin", HelpDeskHost.Form("technician", "admin"), Cancellation);
        browser.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return browser;
    }

    private static async Task<string[]> SendAsync(
        HttpClient browser, string method, string path, string? type, byte[] body, (string Name, string Value)? header = null)
    {
        var uri = new Uri(browser.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new(method), uri);
        if (method is not ("GET" or "HEAD"))
            request.Content = new ByteArrayContent(body);
        if (type is not null)
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", type);
        if (header is { } extra)
            request.Headers.TryAddWithoutValidation(extra.Name, extra.Value);
        // A stream of events has no end.
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return answer.StatusCode < HttpStatusCode.InternalServerError ? [] : [$"{(int)answer.StatusCode} {method} {path} {type} {Encoding.UTF8.GetString(body)} {header}"];
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
