using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Every technician's route, as nobody, from another site and from another tenant.</summary>
public class AccessTests
{
    private static readonly string[] Verbs =
    [
        "start", "hold", "resume", "reboot", "activity", "close", "revoke", "resend", "transfer", "transfer/accept", "transfer/decline", "transfer/takeBack",
    ];

    private static readonly string[] Queries =
    [
        "/rescue/me", "/rescue/sessions", "/rescue/sessions/events", "/rescue/presence", "/rescue/customers/export?customer=Ada", "/rescue/sessions/ID",
    ];

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Cross-Site", HttpStatusCode.Forbidden)]
    public async Task EveryRoute_LetsNobodyInWhoIsNotATechnicianOfThisSite(string? site, HttpStatusCode expected)
    {
        await using var product = await TestProduct.StartAsync();
        var id = (await product.Technician().CreateAsync()).Text("id");
        var client = site is null ? product.Anyone : product.Technician();
        if (site is not null)
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        foreach (var path in Queries)
            await client.GetJsonAsync(path.Replace("ID", id, StringComparison.Ordinal), expected);
        foreach (var verb in Verbs)
            await client.PostAsync($"/rescue/sessions/{id}/{verb}", new { to = "bob" }, expected);
        await client.PostAsync("/rescue/sessions", new { customerName = "Ada" }, expected);
        (await product.Technician().GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(1);
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task RequestsOfThisSite_AreServed(string site)
    {
        await using var product = await TestProduct.StartAsync();
        var client = product.Technician();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        await client.CreateAsync();
    }

    [Fact]
    public async Task EveryVerb_OfAnotherTenant_IsTheSame404AsForNoSession()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        var before = await product.Technician().GetStringAsync($"/rescue/sessions/{id}", TestContext.Current.CancellationToken);
        // The same id as the owner's: tenants do not share technicians.
        var stranger = product.Technician("alice", tenant: "other");

        var answers = new HashSet<string>();
        foreach (var target in (string[])[id, new string('1', 32), "nonsense"])
        {
            foreach (var verb in Verbs)
                answers.Add((await stranger.PostAsync($"/rescue/sessions/{target}/{verb}", verb == "transfer" ? new { to = "bob" } : null, HttpStatusCode.NotFound)).ToString());
            answers.Add((await stranger.GetJsonAsync($"/rescue/sessions/{target}", HttpStatusCode.NotFound)).ToString());
        }

        answers.Should().ContainSingle();
        (await product.Technician().GetStringAsync($"/rescue/sessions/{id}", TestContext.Current.CancellationToken)).Should().Be(before);
    }

    [Fact]
    public async Task IdempotencyKey_OfAnotherTenant_IsNotThisOnes()
    {
        await using var product = await TestProduct.StartAsync();
        var here = product.Technician();
        var there = product.Technician(tenant: "other");
        here.DefaultRequestHeaders.Add("Idempotency-Key", "k");
        there.DefaultRequestHeaders.Add("Idempotency-Key", "k");

        (await here.CreateAsync()).Text("id").Should().NotBe((await there.CreateAsync()).Text("id"));
    }
}
