using System.Collections.Concurrent;
using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

/// <summary>
/// The address of an organisation is the host's own, though a proxy shows the host another name and scheme: one that is configured, one that the host's function
/// knows, and one that an administrator has claimed.
/// </summary>
public sealed class OrganizationOriginTests : IAsyncLifetime
{
    private const string Configured = "https://help.globex.example";
    private const string Found = "https://help.initech.example";
    private const string Claimed = "https://help.umbrella.example";
    private const string Evil = "https://evil.example";

    private readonly ConcurrentQueue<string> asked = [];
    private bool isAway;
    private TestProduct product = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        product = await TestProduct.StartAsync(options =>
        {
            options.Organizations["globex"] = new() { Name = "Globex", PublicBaseUri = new(Configured) };
            options.FindOrganization = (query, _) =>
            {
                if (query.HostName is { } name)
                    asked.Enqueue(name);
                if (isAway)
                    throw new InvalidOperationException("Whoever knows organisations is away.");
                return new(query.Tenant == "initech" || query.HostName == new Uri(Found).Host || query.HostName?.EndsWith(".initech.example", StringComparison.Ordinal) == true
                    ? new Organizations.FoundOrganization("initech", new() { Name = "Initech", PublicBaseUri = new(Found) })
                    : null);
            };
        });
        await product.Technician(tenant: "umbrella").PutAsync("/rescue/settings/organization", new { publicBaseUri = Claimed });
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Theory]
    [InlineData(Configured)]
    [InlineData(Found)]
    [InlineData(Claimed)]
    [InlineData($"{Claimed}:443")]
    public async Task EveryChange_FromAnOrganizationsOwnAddress_IsServed(string origin)
    {
        foreach (var (method, path) in SameOriginTests.ChangingRoutes(product))
            (await IsForeignAsync(method, path, origin, "same-origin")).Should().BeFalse($"{method} {path}");
    }

    /// <summary>An administrator's claim gives no page of theirs what a technician's cookie may do; a customer's code is nothing that comes along by itself.</summary>
    [Theory]
    [InlineData(Configured)]
    [InlineData(Found)]
    [InlineData(Claimed)]
    public async Task ChangeByACode_WhereTheBrowserSaysNoMore_IsServed_AndByACookieIsRefused(string origin)
    {
        foreach (var (method, path) in SameOriginTests.ChangingRoutes(product))
            (await IsForeignAsync(method, path, origin, null)).Should().Be(path.StartsWith("/rescue", StringComparison.Ordinal), $"{method} {path}");
    }

    [Theory]
    [InlineData(Claimed, "cross-site")]
    [InlineData(Claimed, "same-site")]
    [InlineData("http://help.umbrella.example", "same-origin")]
    [InlineData("https://help.umbrella.example:8443", "same-origin")]
    [InlineData("https://blog.help.umbrella.example", "same-origin")]
    [InlineData("https://anything.initech.example", "same-origin")]
    [InlineData("https://anything.initech.example", null)]
    [InlineData(Claimed, "same-origin", "help.globex.example")]
    [InlineData(Claimed, null, "help.globex.example")]
    public async Task EveryChange_ThatAnOrganizationsAddressDoesNotMake_Is403(string origin, string? site, string host = "localhost")
    {
        foreach (var (method, path) in SameOriginTests.ChangingRoutes(product))
            (await IsForeignAsync(method, path, origin, site, host)).Should().BeTrue($"{method} {path}");
    }

    [Theory]
    [InlineData("http://localhost", "same-origin")]
    [InlineData("https://help.example.org", "same-origin")]
    [InlineData("https://help.example.org", null)]
    [InlineData(null, null)]
    [InlineData(Evil, null)]
    [InlineData(Evil, "cross-site")]
    public async Task Change_OfAKnownOrigin_OrWithoutTheBrowsersWord_LooksNobodyUp(string? origin, string? site)
    {
        asked.Clear();

        await IsForeignAsync("PUT", "/rescue/presence", origin, site);

        asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData(Found)]
    [InlineData(Evil)]
    public async Task EveryChange_WhileWhoeverKnowsOrganizationsIsAway_IsAskedForAgain(string origin)
    {
        isAway = true;

        foreach (var (method, path) in SameOriginTests.ChangingRoutes(product))
        {
            using var answer = await SameOriginTests.SendAsync(product, method, path, origin, "same-origin");
            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, $"{method} {path}");
            answer.Headers.RetryAfter.Should().NotBeNull($"{method} {path}");
            // Customers read it, and programs do elsewhere.
            answer.Content.Headers.ContentType!.MediaType.Should().Be(
                path.StartsWith("/Customer", StringComparison.Ordinal) ? "text/html" : "application/problem+json", $"{method} {path}");
        }
    }

    [Theory]
    [InlineData(Configured)]
    [InlineData("http://localhost")]
    public async Task Change_OfAKnownOriginWhileWhoeverKnowsOrganizationsIsAway_IsServed(string origin)
    {
        isAway = true;

        (await IsForeignAsync("PUT", "/rescue/presence", origin, "same-origin")).Should().BeFalse();
    }

    [Fact]
    public async Task Change_OfAnUnknownOrigin_LooksItUpOnce()
    {
        asked.Clear();

        for (var i = 0; i < 3; i++)
            (await IsForeignAsync("PUT", "/rescue/presence", Evil, "same-origin")).Should().BeTrue();

        asked.Should().Equal("evil.example");
    }

    private async Task<bool> IsForeignAsync(string method, string path, string? origin, string? site, string host = "localhost")
    {
        using var answer = await SameOriginTests.SendAsync(product, method, path, origin, site, host);
        var isForeign = (await answer.Content.ReadAsStringAsync(Cancelled)).Contains("foreignOrigin", StringComparison.Ordinal);
        if (isForeign)
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        return isForeign;
    }
}
