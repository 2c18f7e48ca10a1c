using System.Net;
using System.Net.Http.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Applets;

public class JoinTests
{
    [Fact]
    public async Task Join_SameInstance_GetsTheSessionAgainWithAFreshKey_AnotherIsRefused()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();
        var (id, first) = await product.Anyone.JoinAsync(created, "one");
        var (again, second) = await product.Anyone.JoinAsync(created, "one");

        again.Should().Be(id);
        second.Should().NotBe(first);
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.Unauthorized, first);
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, second);
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created), instance = "two" }, HttpStatusCode.Conflict);
        await product.Anyone.PostAsync("/applet/join", new { pin = created.Text("pin"), instance = "two" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Join_64AtOnce_OneWins()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i =>
            product.Anyone.PostAsJsonAsync("/applet/join", new { token = Requests.TokenOf(created), instance = $"i{i}" })));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).Should().Be(63);
    }

    [Fact]
    public async Task Join_EveryBadPin_GetsTheSameBytes()
    {
        await using var product = await TestProduct.StartAsync(options => options.Guessing.PerAddress = options.Guessing.PerTenant = options.Guessing.Overall = 0);
        var technician = product.Technician();
        var used = await technician.CreateAsync();
        await product.Anyone.JoinAsync(used);
        var revoked = await technician.CreateAsync();
        await technician.PostAsync($"/rescue/sessions/{revoked.Text("id")}/revoke", null, HttpStatusCode.OK);
        var expired = await technician.CreateAsync();
        await product.PassAsync(TimeSpan.FromMinutes(21));

        var answers = new HashSet<string>();
        foreach (var pin in (string[])[used.Text("pin"), revoked.Text("pin"), expired.Text("pin"), "000000", "12", "abcdef", ""])
        {
            using var answer = await product.Anyone.PostAsJsonAsync("/applet/join", new { pin }, TestContext.Current.CancellationToken);
            answers.Add($"{answer.StatusCode} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }

        answers.Should().ContainSingle().Which.Should().StartWith("NotFound");
    }

    [Fact]
    public async Task Join_TokensThatAreOver_SayWhy()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var revoked = await technician.CreateAsync();
        await technician.PostAsync($"/rescue/sessions/{revoked.Text("id")}/revoke", null, HttpStatusCode.OK);
        var expired = await technician.CreateAsync();
        product.Time.Advance(TimeSpan.FromMinutes(20));

        (await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(revoked) }, HttpStatusCode.Gone)).Text("code").Should().Be("revoked");
        (await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(expired) }, HttpStatusCode.Gone)).Text("code").Should().Be("expired");
        await product.Anyone.PostAsync("/applet/join", new { token = new string('A', 22) }, HttpStatusCode.NotFound);
        await product.Anyone.PostAsync("/applet/join", new { token = "short" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Guessing_PerAddress_ClosesTheTypedPinDoor_AndLinksGoOnWorking()
    {
        await using var product = await TestProduct.StartAsync(options => options.Guessing.PerAddress = 3);
        var created = await product.Technician().CreateAsync();
        var wrong = created.Text("pin") == "000000" ? "000001" : "000000";
        for (var i = 0; i < 3; i++)
            await product.Anyone.PostAsync("/applet/join", new { pin = wrong }, HttpStatusCode.NotFound);

        using var answer = await product.Anyone.PostAsJsonAsync("/applet/join", new { pin = created.Text("pin") }, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
        await product.Anyone.JoinAsync(created);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":"x","pin":"123456"}""")]
    [InlineData("""{"pin":"123456","instance":"with space"}""")]
    [InlineData("""{"pin":"123456","instance":""}""")]
    [InlineData("""{"pin":123456}""")]
    public async Task Join_Malformed_Is400(string body)
    {
        await using var product = await TestProduct.StartAsync();

        await product.Anyone.PostRawAsync("/applet/join", body, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Join_OldApplet_IsToldToBeDownloadedAnew()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.MinimumAppletProtocol = 2);
        var created = await product.Technician().CreateAsync();

        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created), protocol = 1 }, HttpStatusCode.UpgradeRequired);
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created), protocol = 2 }, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Terms_WhereTheHostAsks_AreOfferedAndCanBeDeclined()
    {
        await using var product = await TestProduct.StartAsync(web: options => options.Terms = "Be kind.");
        var technician = product.Technician();
        var joined = await product.Anyone.PostAsync(
            "/applet/join", new { token = Requests.TokenOf(await technician.CreateAsync()) }, HttpStatusCode.OK);

        joined.Text("terms").Should().Be("Be kind.");
        await product.Anyone.PostAsync($"/applet/{joined.Text("sessionId")}/decline", null, HttpStatusCode.OK, joined.Text("appletKey"));
        (await technician.GetJsonAsync($"/rescue/sessions/{joined.Text("sessionId")}")).Text("endReason").Should().Be("declined");
    }

    [Theory]
    [InlineData("acme", "fr-CA", "acme: fr-CA")]
    [InlineData("globex", "en", "globex: en")]
    [InlineData("silent", "en", null)]
    public async Task Terms_OfTheTenantAndTheLanguage_AreWhatTheHostFinds(string tenant, string language, string? expected)
    {
        await using var product = await TestProduct.StartAsync(web: options =>
        {
            options.Terms = "Be kind.";
            options.FindTerms = (context, session) => new(session.Tenant == "silent" ? null : $"{session.Tenant}: {context.Request.Headers.AcceptLanguage}");
        });
        var created = await product.Technician(tenant: tenant).CreateAsync();
        product.Anyone.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        var joined = await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created) }, HttpStatusCode.OK);

        (joined.TryGetProperty("terms", out var terms) ? terms.GetString() : null).Should().Be(expected);
    }

    [Fact]
    public async Task Applet_AfterTheEnd_Is410_WithAForeignKey_Is401()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        var (other, otherKey) = await product.WaitingAsync(technician);

        await product.Anyone.PostAsync($"/applet/{id}/leave", null, HttpStatusCode.Unauthorized, otherKey);
        await product.Anyone.PostAsync($"/applet/{id}/leave", null, HttpStatusCode.Unauthorized);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { platform = "beos" }, HttpStatusCode.BadRequest, key);
        await product.Anyone.PostAsync($"/applet/{id}/leave", null, HttpStatusCode.OK, key);
        foreach (var verb in (string[])["ready", "heartbeat", "leave", "decline"])
            await product.Anyone.PostAsync($"/applet/{id}/{verb}", null, HttpStatusCode.Gone, key);
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("endReason").Should().Be("byWaitingCustomer");
    }

    /// <summary>Each join is a line of history and an event to every technician of the tenant.</summary>
    [Fact]
    public async Task Join_OfTheSameInstanceOverAndOver_IsSlowedDown_AndItsKeyStaysGood()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();
        var id = created.Text("id");
        var key = "";
        for (var i = 0; i <= 20; i++)
            (_, key) = await product.Anyone.JoinAsync(created);

        var body = new { token = Requests.TokenOf(created), instance = "one" };
        await product.Anyone.PostAsync("/applet/join", body, HttpStatusCode.TooManyRequests);
        await product.Anyone.PostAsync("/applet/join", new { pin = created.Text("pin"), instance = "one" }, HttpStatusCode.TooManyRequests);
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created), instance = "two" }, HttpStatusCode.Conflict);
        await product.Anyone.PostAsync($"/applet/{id}/ready", null, HttpStatusCode.OK, key);
        await product.PassAsync(TimeSpan.FromMinutes(10));
        await product.Anyone.PostAsync("/applet/join", body, HttpStatusCode.OK);

        (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("history").GetArrayLength().Should().BeLessThan(30);
    }
}
