using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Protection;

/// <summary>A host that keeps answers by a policy for all of its routes keeps none of the library's, which are for one request alone. Output caching looks at no Cache-Control.</summary>
public sealed class OutputCacheTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="page">The page; what it is about follows.</param>
    /// <param name="all">Whether the host keeps even what it would not by itself, such as answers to those who are signed in.</param>
    [Theory]
    [InlineData("/Customer", false)]
    [InlineData("/Customer/request", false)]
    [InlineData("/Customer/Code.aspx", false)]
    [InlineData("/Customer/browser", false)]
    [InlineData("/Customer/another-device", false)]
    [InlineData("/Customer/decline", false)]
    [InlineData("/Customer/applet/windows", false)]
    [InlineData("/guest", false)]
    [InlineData("/rescue/me", true)]
    [InlineData("/rescue/sessions", true)]
    [InlineData("/rescue/settings/organization", true)]
    public async Task EveryAnswer_UnderAPolicyForAll_IsMadeAnew(string page, bool all)
    {
        await using var product = await StartAsync(all);
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        if (page == "/guest")
        {
            var (id, _) = await product.WaitingAsync(technician);
            page = new Uri((await technician.PostAsync($"/rescue/sessions/{id}/guests", new { name = "Katherine", minutes = 5 }, System.Net.HttpStatusCode.Created)).Text("link")).PathAndQuery;
        }
        else if (page.StartsWith("/Customer/", StringComparison.Ordinal) && page != "/Customer/request")
        {
            page += new Uri(created.Text("link")).Query;
        }

        var client = all ? technician : product.Anyone;
        (await IsKeptAsync(client, page)).Should().BeFalse();
        (await IsKeptAsync(client, "/own")).Should().BeTrue("the host's policy holds for its own routes");
    }

    [Fact]
    public async Task LandingPage_OfALinkThatIsUsedInBetween_SaysSo()
    {
        await using var product = await StartAsync(all: false);
        var created = await product.Technician().CreateAsync();
        var page = new Uri(created.Text("link")).PathAndQuery;
        using var before = await product.Anyone.GetAsync(page, Cancelled);
        await product.Anyone.JoinAsync(created);

        using var after = await product.Anyone.GetAsync(page, Cancelled);

        (before.StatusCode, after.StatusCode).Should().Be((System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.Conflict));
    }

    private static Task<TestProduct> StartAsync(bool all) => TestProduct.StartAsync(
        options => options.Requests.IsEnabled = true,
        add: rescue => rescue.Services.AddOutputCache(options => options.AddBasePolicy(
            policy =>
            {
                policy.Expire(TimeSpan.FromHours(1));
                if (all)
                    policy.Cache().AddPolicy<EverythingPolicy>();
            },
            excludeDefaultPolicy: all)),
        map: app =>
        {
            app.UseOutputCache();
            app.MapGet("/own", () => "mine");
        });

    // What is kept says how old it is.
    private static async Task<bool> IsKeptAsync(HttpClient client, string page)
    {
        using var first = await client.GetAsync(page, Cancelled);
        first.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, page);
        await first.Content.ReadAsByteArrayAsync(Cancelled);
        using var second = await client.GetAsync(page, Cancelled);
        return second.Headers.Age is not null;
    }

    private sealed class EverythingPolicy : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage) = (true, true, true);
            return default;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => default;
    }
}
