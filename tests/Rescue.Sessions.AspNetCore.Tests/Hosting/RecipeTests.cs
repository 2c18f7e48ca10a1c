using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>What docs/hosting.md says does what it says.</summary>
public sealed class RecipeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BehindProxy_CustomersAreToldApart_AndTechniciansPassAFallbackPolicy()
    {
        await using var app = Build(Recipes.TrustProxy, Recipes.MapBehindProxy, proxy: "10.0.0.5", "https://help.example.org/");
        await app.StartAsync(Ct);

        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 12; guess++)
            statuses.Add(await GuessAsync(app, "198.51.100.1"));

        statuses.Should().Contain(HttpStatusCode.TooManyRequests);
        (await GuessAsync(app, "198.51.100.2")).Should().Be(HttpStatusCode.NotFound, "another customer has guessed nothing");
        (await MeAsync(app, "")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SomebodyElsesHeader_IsNotBelieved()
    {
        await using var app = Build(Recipes.TrustProxy, Recipes.MapBehindProxy, proxy: "203.0.113.9", "https://help.example.org/");
        await app.StartAsync(Ct);

        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 12; guess++)
            statuses.Add(await GuessAsync(app, $"198.51.100.{guess}"));

        statuses.Should().Contain(HttpStatusCode.TooManyRequests, "all of them came from one address, whatever they wrote");
    }

    [Fact]
    public async Task BelowPath_RoutesAndLinksHaveIt()
    {
        await using var app = Build(_ => { }, Recipes.MapBelowPath, proxy: null, "https://help.example.org/support/");
        await app.StartAsync(Ct);

        (await MeAsync(app, "/support")).Should().Be(HttpStatusCode.OK);
        using var client = app.GetTestClient();
        (await client.GetAsync("/support/Customer", Ct)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CopyOfACookie_OfSomebodySignedOut_IsRefused()
    {
        await using var app = Build(Recipes.RefuseSignedOut, Recipes.MapBehindProxy, proxy: null, "https://help.example.org/");
        await app.StartAsync(Ct);

        var before = await MeAsync(app, "");
        app.Services.GetRequiredService<Recipes.Staff>().SignOut("ada");

        before.Should().Be(HttpStatusCode.OK);
        (await MeAsync(app, "")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void SharedKeys_AreRegistered()
    {
        var builder = WebApplication.CreateBuilder();

        Recipes.ShareKeys(builder);

        builder.Services.Should().Contain(service => service.ServiceType == typeof(Microsoft.AspNetCore.DataProtection.IDataProtectionProvider));
    }

    private static WebApplication Build(Action<WebApplicationBuilder> configure, Action<WebApplication> map, string? proxy, string address)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<Recipes.Staff>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddRescueSessions(options => options.Codes.PublicBaseUri = new(address)).AddAspNetCore(Recipes.AskService);
        configure(builder);
        var app = builder.Build();
        if (proxy is not null)
        {
            app.Use((HttpContext context, RequestDelegate next) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(proxy);
                return next(context);
            });
        }

        map(app);
        app.MapPost("/staff", () => Results.SignIn(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "ada")], "test")))).AllowAnonymous();
        return app;
    }

    private static async Task<HttpStatusCode> GuessAsync(WebApplication app, string customer)
    {
        using var client = app.GetTestClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", customer);
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var form = new FormUrlEncodedContent([new("Code", "000000")]);
        using var answer = await client.PostAsync("/Customer", form, Ct);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> MeAsync(WebApplication app, string prefix)
    {
        using var client = app.GetTestClient();
        using var signedIn = await client.PostAsync("/staff", null, Ct);
        client.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var answer = await client.GetAsync($"{prefix}/rescue/me", Ct);
        return answer.StatusCode;
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rescue.Sessions.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
