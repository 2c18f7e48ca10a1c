using System.Net;
using System.Net.Http.Json;
using Guides.Tests.Snippets;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guides.Tests;

/// <summary>Routes of the guides that nobody signs in for, in a host that wants everybody signed in.</summary>
public sealed class FallbackPolicyTests : IAsyncLifetime
{
    private WebApplication app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.acme.example/"))
            .AddEmail(options => options.SenderAddress = "support@acme.example");
        Operating.Health(builder);
        app = builder.Build();
        PinLinks.Old(app);
        Bounces.Map(app);
        Operating.MapHealth(app);
        await app.StartAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("GET", "/join", HttpStatusCode.Redirect)]
    [InlineData("POST", "/mail/notices", HttpStatusCode.OK)]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/health/ready", HttpStatusCode.OK)]
    public async Task Route_WithoutASignIn_Answers(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method == "POST")
            request.Content = JsonContent.Create(new BounceNotice("of-no-message@acme.example", null));

        using var answer = await app.GetTestClient().SendAsync(request, Cancellation);

        answer.StatusCode.Should().Be(expected);
        answer.Headers.Location?.OriginalString.Should().Be("/Customer");
    }
}
