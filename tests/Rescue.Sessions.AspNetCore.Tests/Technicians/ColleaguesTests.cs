using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Who a session can be handed to.</summary>
public sealed class ColleaguesTests
{
    private static readonly Action<RescueSessionsOptions> NoDirectory = options => options.Technicians.Directory = null;

    [Fact]
    public async Task Colleagues_AreThoseOfTheTenantWhoWereSeen_WithPresenceAndActiveSessions()
    {
        await using var product = await TestProduct.StartAsync(NoDirectory);
        var (alice, bob) = (product.Technician(), product.Technician("bob"));
        var (id, _) = await product.WaitingAsync(alice);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await bob.PutAsync("/rescue/presence", new { presence = "away" });
        await product.Technician("mallory", tenant: "other").GetJsonAsync("/rescue/me");

        Colleagues(await bob.GetJsonAsync("/rescue/colleagues")).Should().Equal(("alice", "Name of alice", "available", 1), ("bob", "Name of bob", "away", 0));
        await alice.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        Colleagues(await bob.GetJsonAsync("/rescue/colleagues"))[0].Active.Should().Be(0);
    }

    [Fact]
    public async Task Colleagues_NotSeenForLong_AreForgotten()
    {
        await using var product = await TestProduct.StartAsync(NoDirectory);
        await product.Technician("carol").GetJsonAsync("/rescue/me");

        product.Time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));

        Colleagues(await product.Technician().GetJsonAsync("/rescue/colleagues")).Select(colleague => colleague.Id).Should().Equal("alice");
        var (id, _) = await product.WaitingAsync(product.Technician());
        (await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "carol" }, HttpStatusCode.Conflict)).Text("code").Should().Be("unknownTechnician");
    }

    [Fact]
    public async Task Colleagues_OfTheHostsOwnList_AreThatList()
    {
        await using var product = await TestProduct.StartAsync(options => options.Technicians.Directory = (tenant, _) =>
            new(tenant == "acme" ? [new("zoe", "Zoé"), new("alice", "Alice"), new("alice", "Alice again")] : []));
        await product.Technician("bob").GetJsonAsync("/rescue/me");

        Colleagues(await product.Technician().GetJsonAsync("/rescue/colleagues")).Should().Equal(("alice", "Alice", "available", 0), ("zoe", "Zoé", "available", 0));
        Colleagues(await product.Technician(tenant: "other").GetJsonAsync("/rescue/colleagues")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("BOB")]
    [InlineData("bob2")]
    [InlineData("bob@example.org")]
    public async Task Transfer_ToAnIdThatNobodyHas_IsRefusedAndChangesNothing(string to)
    {
        await using var product = await TestProduct.StartAsync();
        var alice = product.Technician();
        var (id, _) = await product.WaitingAsync(alice);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        var problem = await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to }, HttpStatusCode.Conflict);

        problem.Text("code").Should().Be("unknownTechnician");
        problem.Text("sessionStatus").Should().Be("active");
        (await alice.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("active");
        await product.Technician("eve", tenant: "other").PostAsync($"/rescue/sessions/{id}/transfer", new { to }, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("seen")]
    [InlineData("maker")]
    [InlineData("listed")]
    public async Task Transfer_ToWhoeverIsKnown_IsOffered(string how)
    {
        await using var product = await TestProduct.StartAsync(options => options.Technicians.Directory = how == "listed" ? (_, _) => new([new("bob", "Bob")]) : null);
        var (alice, bob) = (product.Technician(), product.Technician("bob"));
        if (how == "seen")
            await bob.GetJsonAsync("/rescue/me");
        if (how == "maker")
        {
            await product.WaitingAsync(bob, "Bea");
            await ((PersonalData)product.Services.GetService(typeof(PersonalData))!).EraseTechnicianAsync("acme", "bob", TestContext.Current.CancellationToken);
        }

        var (id, _) = await product.WaitingAsync(alice);
        // An id is taken without the blanks around it, as the host's own ids are.
        (await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = " bob " }, HttpStatusCode.OK)).GetProperty("transfer").Text("to").Should().Be("bob");
        await bob.PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.OK);
    }

    private static (string Id, string Name, string Presence, int Active)[] Colleagues(JsonElement answer) =>
    [
        .. answer.GetProperty("items").EnumerateArray()
            .Select(item => (item.Text("id"), item.Text("name"), item.Text("presence"), item.GetProperty("active").GetInt32())),
    ];
}
