using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>A product that wants everybody signed in: its customers are not.</summary>
public sealed class HostAuthorizationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Authorization_OfTheHost_ReachesTheTechniciansRoutesAlone(bool onTheRoutes)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options => options.LoginPath = "/staff");
        var authorization = builder.Services.AddAuthorizationBuilder();
        if (!onTheRoutes)
            authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddRescueSessions(options => options.Codes.PublicBaseUri = new(TestProduct.Base))
            .AddAspNetCore(options => options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new(id, id) : null);
        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        var routes = app.MapRescueSessions();
        if (onTheRoutes)
            routes.RequireAuthorization();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var anyone = app.GetTestClient();

        using var technicians = await anyone.GetAsync("/rescue/me", TestContext.Current.CancellationToken);
        using var customers = await anyone.GetAsync("/Customer", TestContext.Current.CancellationToken);

        technicians.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        customers.StatusCode.Should().Be(HttpStatusCode.OK);
        await anyone.PostAsync("/applet/join", new { token = "none" }, HttpStatusCode.NotFound);
    }

    /// <summary>The host adds the middleware itself, in the right order, as long as nobody adds one of the two alone.</summary>
    [Fact]
    public async Task FallbackPolicy_WithoutMiddlewareOfTheProgramsOwn_LetsTechniciansThrough()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options => options.LoginPath = "/staff");
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddRescueSessions(options => options.Codes.PublicBaseUri = new(TestProduct.Base))
            .AddAspNetCore(options => options.Technician = user => user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new(id, id) : null);
        await using var app = builder.Build();
        app.MapRescueSessions();
        app.MapPost("/staff", () => Results.SignIn(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "ada")], "test")))).AllowAnonymous();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var anyone = app.GetTestClient();
        using var signedIn = await anyone.PostAsync("/staff", null, TestContext.Current.CancellationToken);
        using var technician = app.GetTestClient();
        technician.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        (await technician.GetJsonAsync("/rescue/me")).Text("id").Should().Be("ada");
        using var refused = await anyone.GetAsync("/rescue/me", TestContext.Current.CancellationToken);
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        using var customers = await anyone.GetAsync("/Customer", TestContext.Current.CancellationToken);
        customers.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
