using System.Net;
using System.Text.Json;
using Rescue.Sessions.Permissions;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>What technicians may do with the sessions of their colleagues, and see of them.</summary>
public sealed class ColleaguesSessionsTests
{
    [Theory]
    [InlineData("start")]
    [InlineData("close")]
    [InlineData("reboot")]
    [InlineData("hold")]
    [InlineData("activity")]
    [InlineData("transfer/accept")]
    public async Task Verb_WithoutTheRight_NamesIt_AndWithItGoesOn(string verb)
    {
        await using var product = await TestProduct.StartAsync(options => options.Permissions.Groups.Add(Keepers));
        var (id, _) = await product.WaitingAsync(product.Technician());

        var problem = await product.Technician("bob", "keepers").PostAsync($"/rescue/sessions/{id}/{verb}", null, HttpStatusCode.Forbidden);

        problem.Text("code").Should().Be("missingRights");
        problem.Texts("missingRights").Should().Equal("colleaguesSessions");
        (await product.Technician("bob", "keepers").GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("waiting");
        await product.Technician("bob", "few").PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Right_ThatIsTakenAwayInTheSettings_HoldsFromTheNextRequest()
    {
        await using var product = await TestProduct.StartAsync();
        var (first, _) = await product.WaitingAsync(product.Technician());
        var (second, _) = await product.WaitingAsync(product.Technician());
        await product.Technician("bob", "few").PostAsync($"/rescue/sessions/{first}/start", null, HttpStatusCode.OK);

        var rights = Enum.GetValues<ConnectionRight>().Select(right => JsonNamingPolicy.CamelCase.ConvertName(right.ToString()));
        var groups = new[]
        {
            new { name = "all", grants = rights.ToArray(), denials = Array.Empty<string>() },
            new { name = "few", grants = new[] { "privateSessions" }, denials = new[] { "colleaguesSessions" } },
        };
        await product.Technician().PutAsync("/rescue/settings/groups", new { groups });

        var refusal = await product.Technician("bob", "few").PostAsync($"/rescue/sessions/{second}/start", null, HttpStatusCode.Forbidden);
        refusal.Texts("missingRights").Should().Equal("colleaguesSessions");
        refusal.GetProperty("decisions")[0].Text("decidedBy").Should().Be("few");
        (await product.Technician("bob", "few").GetJsonAsync("/rescue/me")).Texts("rights").Should().NotContain("colleaguesSessions");
    }

    [Fact]
    public async Task OwnSessionsOnly_ListSearchDetailsAndStreamHoldNothingElse()
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Technicians.OwnSessionsOnly = true;
            options.Permissions.Groups.Add(new() { Name = "own", Grants = [PrivateSessions, PinConnection, Transfer] });
        });
        var bob = product.Technician("bob", "own");
        await using var events = await OpenStream.OpenAsync(bob, "/rescue/sessions/events", "0");
        var hers = await product.Technician("alice", "own").CreateAsync("Grace");
        var his = await bob.CreateAsync("Grace");

        (await events.NextAsync())!.Value.Data.Text("sessionId").Should().Be(his.Text("id"));
        foreach (var query in (string[])["", "?search=grace", "?status=connecting", "?search=grace&status=connecting", "?reference="])
            Ids(await bob.GetJsonAsync($"/rescue/sessions{query}")).Should().Equal(his.Text("id"));
        await bob.GetJsonAsync($"/rescue/sessions/{hers.Text("id")}", HttpStatusCode.NotFound);
        (await bob.PostAsync($"/rescue/sessions/{hers.Text("id")}/close", null, HttpStatusCode.Forbidden)).Texts("missingRights").Should().Contain("colleaguesSessions");
        Ids(await product.Technician().GetJsonAsync("/rescue/sessions")).Should().HaveCount(2, "this one was granted the right");
    }

    [Fact]
    public async Task OwnSessionsOnly_SessionThatLeaves_IsToldOnceWithoutWhatItHasBecome()
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Technicians.OwnSessionsOnly = true;
            options.Permissions.Groups.Add(new() { Name = "own", Grants = [PrivateSessions, PinConnection, Transfer] });
        });
        var (alice, bob) = (product.Technician("alice", "own"), product.Technician("bob", "own"));
        var (id, _) = await product.WaitingAsync(alice);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await using var events = await OpenStream.OpenAsync(alice, "/rescue/sessions/events");
        await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);
        var told = new List<JsonElement>();
        // Once bob has it, what is still on its way to the stream is not for alice.
        do
            told.Add((await events.NextAsync())!.Value.Data);
        while (told[^1].Text("trigger") != "transfer");
        await bob.PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.OK);
        await bob.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);
        var next = await alice.CreateAsync();

        while (told[^1].Text("sessionId") == id)
            told.Add((await events.NextAsync())!.Value.Data);

        // What happened just before the stream was opened may still be on its way to it.
        told.Where(e => e.Text("sessionId") == id).Select(e => e.Text("trigger")).SkipWhile(trigger => trigger != "transfer").Should().Equal("transfer", "acceptTransfer");
        told[^2].GetProperty("session").ValueKind.Should().Be(JsonValueKind.Null);
        told[^1].Text("sessionId").Should().Be(next.Text("id"));
    }

    private static TechnicianGroup Keepers => new() { Name = "keepers", Parent = "all", Denials = [ColleaguesSessions] };

    private static IEnumerable<string> Ids(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(item => item.Text("id"));
}
