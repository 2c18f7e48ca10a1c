using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.TestHost;

namespace Rescue.Sessions.Browser.Tests.Forgery;

/// <summary>A help desk in which every change that is tried would take effect: it has a customer who waits and one who is being helped.</summary>
internal sealed class ForgeryTarget
{
    /// <summary>The name under which browsers know the product, without the top-level name.</summary>
    public const string Host = "help.product";

    private static readonly string[] OfWaiting = ["/start", "/revoke", "/resend"];

    private readonly HttpClient administrator;
    private readonly HttpClient technician;
    private readonly string waiting;
    private readonly string active;

    private ForgeryTarget(HttpClient administrator, HttpClient technician, string waiting, string active, IReadOnlyList<ForgedRoute> routes) =>
        (this.administrator, this.technician, this.waiting, this.active, Routes) = (administrator, technician, waiting, active, routes);

    /// <summary>Every route of the package and the sample that can change something, with a session that it would change.</summary>
    public IReadOnlyList<ForgedRoute> Routes { get; }

    /// <summary>Where browsers find the product.</summary>
    public Uri Address(string topLevel) => new UriBuilder(technician.BaseAddress!) { Host = $"{Host}.{topLevel}" }.Uri;

    public static async Task<ForgeryTarget> PrepareAsync(HelpDeskHost desk)
    {
        var technician = await SignInAsync(desk, "full");
        var (waiting, active) = (await WaitingAsync(technician, "Ada"), await WaitingAsync(technician, "Grace"));
        await PostAsync(technician, $"/rescue/sessions/{active}/start", new { });
        var routes = desk.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (Method: method, endpoint.RoutePattern)))
            // CONNECT opens a WebSocket over HTTP/2; no page can send it otherwise (Fetch, "forbidden method").
            .Where(found => found.Method is not ("GET" or "HEAD" or "OPTIONS" or "CONNECT"))
            .Select(found => (found.Method, Path: PathOf(found.RoutePattern, waiting, active)))
            .Select(found => new ForgedRoute(found.Method, found.Path, JsonFor(found.Method, found.Path), FormFor(found.Path), IsSignIn: found.Path is "/signin" or "/signout"));
        return new(await SignInAsync(desk, "admin"), technician, waiting, active, [.. routes]);
    }

    /// <summary>All that a change could have changed, as text.</summary>
    public async Task<string> StateAsync()
    {
        var state = new StringBuilder();
        foreach (var path in (string[])["/rescue/sessions", "/rescue/me", "/rescue/presence", $"/rescue/sessions/{waiting}", $"/rescue/sessions/{active}"])
            state.AppendLine(await technician.GetStringAsync(path));
        foreach (var path in (string[])["timeouts", "groups", "templates", "email"])
            state.AppendLine(await administrator.GetStringAsync($"/rescue/settings/{path}"));
        state.AppendLine(await administrator.GetStringAsync("/technicians"));
        return state.ToString();
    }

    private static string PathOf(RoutePattern pattern, string waiting, string active)
    {
        var raw = pattern.RawText!;
        var id = raw.StartsWith("/technicians", StringComparison.Ordinal) ? "no-email" : OfWaiting.Any(verb => raw.EndsWith(verb, StringComparison.Ordinal)) ? waiting : active;
        return "/" + string.Join('/', pattern.PathSegments.Select(segment =>
            string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : id))));
    }

    private static string JsonFor(string method, string path) => (method, path) switch
    {
        ("POST", "/rescue/sessions") => """{"customerName":"Forged"}""",
        ("POST", "/rescue/customers/erase") => """{"customer":"Ada"}""",
        ("PUT", "/rescue/presence") => """{"presence":"away"}""",
        ("PUT", "/rescue/settings/groups") => """{"groups":[]}""",
        ("PUT", "/rescue/settings/timeouts") => """{"waiting":1}""",
        (_, "/applet/join") => """{"pin":"123456"}""",
        _ when path.EndsWith("/transfer", StringComparison.Ordinal) => """{"to":"mobile"}""",
        _ when path.Contains("/template", StringComparison.Ordinal) => """{"subject":"Forged","text":"{{ link.url }}"}""",
        _ => "{}",
    };

    private static Dictionary<string, string> FormFor(string path) => path switch
    {
        "/signin" => new() { ["technician"] = "mobile" },
        "/language" => new() { ["language"] = "fr" },
        "/Customer" => new() { ["Code"] = "123456" },
        "/Customer/request" => new() { ["name"] = "Forged", ["topic"] = "Forged" },
        _ => [],
    };

    private static async Task<HttpClient> SignInAsync(HelpDeskHost desk, string name)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = desk.ClientOptions.BaseAddress };
        using var answer = await client.PostAsync("/signin", HelpDeskHost.Form("technician", name), TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        return client;
    }

    private static async Task<string> WaitingAsync(HttpClient technician, string customer)
    {
        var created = await PostAsync(technician, "/rescue/sessions", new { customerName = customer });
        var joined = await PostAsync(technician, "/applet/join", new { pin = created.GetProperty("pin").GetString() });
        var id = created.GetProperty("id").GetString()!;
        using var ready = new HttpRequestMessage(HttpMethod.Post, $"/applet/{id}/ready") { Content = JsonContent.Create(new { hostName = "pc", platform = "linux" }) };
        ready.Headers.Authorization = new("Bearer", joined.GetProperty("appletKey").GetString());
        using var answer = await technician.SendAsync(ready, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return id;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
