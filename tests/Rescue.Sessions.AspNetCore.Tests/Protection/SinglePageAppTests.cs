using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

/// <summary>
/// A console on another host, as the README says: its origin is listed for the library's changes and in the host's CORS policy. The host wants everybody signed in.
/// </summary>
public sealed class SinglePageAppTests : IAsyncLifetime
{
    private const string Listed = "https://app.acme.example";

    private WebApplication app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins("https://app.acme.example")
            .WithMethods("GET", "POST", "PUT", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID")
            .WithExposedHeaders("Date", "Location", "Retry-After")
            .AllowCredentials()));   // for cookies; a token in Authorization needs none
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new(TestProduct.Base);
                options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
            })
            .AddAspNetCore(options =>
            {
                options.Technician = user => new Technician(user.FindFirstValue(ClaimTypes.NameIdentifier)!, "Ada Lovelace") { Groups = ["all"] };
                options.AllowedOrigins.Add(Listed);
            });
        app = builder.Build();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRescueSessions();
        app.MapPost("/staff", () => Results.SignIn(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "ada")], "test")))).AllowAnonymous();
        await app.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("POST", "/rescue/sessions", "content-type,idempotency-key")]
    [InlineData("PUT", "/rescue/presence", "authorization,content-type")]
    [InlineData("DELETE", "/rescue/settings/timeouts", "authorization")]
    [InlineData("GET", "/rescue/sessions/events", "authorization,last-event-id")]
    public async Task Preflight_OfTheListedOriginAlone_IsAllowed(string method, string path, string headers)
    {
        foreach (var origin in (string[])[Listed, "https://evil.example", "https://app.acme.example:8443", "null"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", method);
            request.Headers.Add("Access-Control-Request-Headers", headers);

            using var answer = await app.GetTestClient().SendAsync(request, Cancellation);

            answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
            answer.Headers.Contains("Access-Control-Allow-Origin").Should().Be(origin == Listed, origin);
            if (origin == Listed)
                string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers")).ToLowerInvariant().Split(',').Should().Contain(headers.Split(','));
        }
    }

    [Theory]
    [InlineData(Listed, HttpStatusCode.Created)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("https://app.acme.example:8443", HttpStatusCode.Forbidden)]
    [InlineData("http://app.acme.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Change_OfTheListedOriginAlone_IsMade(string origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rescue/sessions") { Content = JsonContent.Create(new { customerName = "Grace Hopper" }) };
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var client = await SignedInAsync();
        using var answer = await client.SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(expected);
        answer.Headers.Contains("Access-Control-Allow-Origin").Should().Be(origin == Listed);
        var listed = await client.GetStringAsync("/rescue/sessions", Cancellation);
        listed.Contains("Grace Hopper", StringComparison.Ordinal).Should().Be(origin == Listed);
        if (origin == Listed)
            string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")).Split(',').Should().Contain(["Date", "Location", "Retry-After"]);
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var client = app.GetTestClient();
        using var signedIn = await client.PostAsync("/staff", null, Cancellation);
        client.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return client;
    }
}
