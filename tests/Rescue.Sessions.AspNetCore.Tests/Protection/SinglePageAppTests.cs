using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

/// <summary>A console on another host, as the README says: its origin is listed for the library's changes and in the host's CORS policy.</summary>
public sealed class SinglePageAppTests : IAsyncLifetime
{
    private const string Listed = "https://app.example";

    private WebApplication app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddCors();
        builder.Services
            .AddRescueSessions(options =>
            {
                options.Codes.PublicBaseUri = new(TestProduct.Base);
                options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
            })
            .AddAspNetCore(options =>
            {
                options.Technician = _ => new Technician("ada", "Ada Lovelace") { Groups = ["all"] };
                options.AllowedOrigins.Add(Listed);
            });
        app = builder.Build();
        app.UseCors(policy => policy.WithOrigins(Listed).AllowCredentials().WithMethods("GET", "POST", "PUT", "DELETE").WithHeaders("Content-Type", "Idempotency-Key"));
        app.MapRescueSessions();
        await app.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("POST", "/rescue/sessions")]
    [InlineData("PUT", "/rescue/presence")]
    [InlineData("DELETE", "/rescue/settings/timeouts")]
    public async Task Preflight_OfTheListedOriginAlone_IsAllowed(string method, string path)
    {
        foreach (var origin in (string[])[Listed, "https://evil.example", "https://app.example:8443", "null"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", method);
            request.Headers.Add("Access-Control-Request-Headers", "content-type");

            using var answer = await app.GetTestClient().SendAsync(request, Cancellation);

            answer.Headers.Contains("Access-Control-Allow-Origin").Should().Be(origin == Listed, origin);
        }
    }

    [Theory]
    [InlineData(Listed, HttpStatusCode.Created)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("https://app.example:8443", HttpStatusCode.Forbidden)]
    [InlineData("http://app.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Change_OfTheListedOriginAlone_IsMade(string origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rescue/sessions") { Content = JsonContent.Create(new { customerName = "Grace Hopper" }) };
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await app.GetTestClient().SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(expected);
        answer.Headers.Contains("Access-Control-Allow-Origin").Should().Be(origin == Listed);
        var listed = await app.GetTestClient().GetStringAsync("/rescue/sessions", Cancellation);
        listed.Contains("Grace Hopper", StringComparison.Ordinal).Should().Be(origin == Listed);
    }
}
