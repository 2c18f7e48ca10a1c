using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>The rows of the life table, driven through HTTP on a clock of the test's own.</summary>
public class SessionLifeTests
{
    [Fact]
    public async Task Start_BeforeReady_SaysWhatIsPermitted()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().CreateAsync();

        var problem = await product.Technician().PostAsync($"/rescue/sessions/{created.Text("id")}/start", null, HttpStatusCode.Conflict);

        problem.Text("sessionStatus").Should().Be("connecting");
        problem.Texts("permitted").Should().BeEquivalentTo("close", "revoke");
    }

    [Fact]
    public async Task Start_32TechniciansAtOnce_OneWinsAndTheOthersLearnWho()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
        {
            using var answer = await product.Technician($"t{i}").PostAsync($"/rescue/sessions/{id}/start", null);
            return (Who: $"t{i}", answer.StatusCode, Body: await answer.Content.ReadAsStringAsync());
        }));

        var winner = answers.Single(answer => answer.StatusCode == HttpStatusCode.OK).Who;
        answers.Where(answer => answer.Who != winner).Should().OnlyContain(
            answer => answer.StatusCode == HttpStatusCode.Conflict && answer.Body.Contains($"\"startedBy\":{{\"id\":\"{winner}\""));
        var again = await product.Technician(winner).PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        again.GetProperty("owner").Text("id").Should().Be(winner);
    }

    [Fact]
    public async Task Capacity_RacedForByManySessions_IsNeverExceeded()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var waiting = new List<string>();
        for (var i = 0; i < 15; i++)
            waiting.Add((await product.WaitingAsync(technician)).Id);

        var answers = await Task.WhenAll(waiting.Select(id => technician.PostAsync($"/rescue/sessions/{id}/start", null)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).Should().Be(10);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).Should().Be(5);
        var active = (await technician.GetJsonAsync("/rescue/sessions?status=active&limit=100")).GetProperty("items");
        active.GetArrayLength().Should().Be(10);

        // A session on hold does not count, and its resumption is bound by the limit again.
        var held = active[0].Text("id");
        await technician.PostAsync($"/rescue/sessions/{held}/hold", null, HttpStatusCode.OK);
        var next = waiting.Except(active.EnumerateArray().Select(item => item.Text("id"))).First();
        await technician.PostAsync($"/rescue/sessions/{next}/start", null, HttpStatusCode.OK);
        var full = await technician.PostAsync($"/rescue/sessions/{held}/resume", null, HttpStatusCode.Conflict);
        full.Text("code").Should().Be("capacity");
        full.GetProperty("capacity").GetInt32().Should().Be(10);
    }

    [Fact]
    public async Task Hold_OnlyByTheOwnerWithTheRight_StartResumes_And14DaysEndIt()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        (await product.Technician(group: "few").PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.Forbidden)).Texts("missingRights").Should().Equal("hold");
        await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.Conflict);
        (await product.Technician().PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK)).Text("status").Should().Be("onHold");
        (await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK)).Text("status").Should().Be("active");
        await product.Technician().PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        await product.PassAsync(TimeSpan.FromDays(14));

        var session = await product.Technician().GetJsonAsync($"/rescue/sessions/{id}");
        session.Text("status").Should().Be("closed");
        session.Text("endReason").Should().Be("holdTimedOut");
    }

    [Fact]
    public async Task Transfer_EveryAnswer_LeadsWhereItShould()
    {
        await using var product = await TestProduct.StartAsync();
        var (alice, bob, eve) = (product.Technician(), product.Technician("bob"), product.Technician("eve"));
        var (id, key) = await product.WaitingAsync(alice);
        await alice.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        Task<System.Text.Json.JsonElement> Offer() => alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);

        (await Offer()).GetProperty("transfer").Text("direction").Should().Be("outgoing");
        (await bob.GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("transfer").Text("direction").Should().Be("incoming");
        await eve.PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.Conflict);
        await bob.PostAsync($"/rescue/sessions/{id}/transfer/takeBack", null, HttpStatusCode.Conflict);
        (await bob.PostAsync($"/rescue/sessions/{id}/transfer/decline", null, HttpStatusCode.OK)).Text("status").Should().Be("active");
        await Offer();
        (await alice.PostAsync($"/rescue/sessions/{id}/transfer/takeBack", null, HttpStatusCode.OK)).Text("status").Should().Be("active");
        await Offer();
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
        product.Time.Advance(TimeSpan.FromSeconds(30));
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
        await product.PassAsync(TimeSpan.FromSeconds(40));
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
        await product.PassAsync(TimeSpan.FromSeconds(40));
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
        await product.PassAsync(TimeSpan.FromSeconds(20));
        (await alice.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("active", "nobody answered for two minutes");
        await Offer();
        var accepted = await bob.PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.OK);
        accepted.GetProperty("owner").Text("id").Should().Be("bob");
        accepted.GetProperty("handOver").Text("secret").Should().HaveLength(22);
        (await alice.GetJsonAsync($"/rescue/sessions/{id}")).TryGetProperty("handOver", out _).Should().BeFalse("the secret is the owner's");
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("away")]
    public async Task Transfer_ToSomebodyBusyOrAway_IsRefused_ButTheyMayPickUp(string presence)
    {
        await using var product = await TestProduct.StartAsync();
        var (alice, bob) = (product.Technician(), product.Technician("bob"));
        var (id, _) = await product.WaitingAsync(alice);
        (await bob.GetJsonAsync("/rescue/presence")).Text("presence").Should().Be("available");
        using var set = await bob.PutAsync("/rescue/presence", System.Net.Http.Json.JsonContent.Create(new { presence }), TestContext.Current.CancellationToken);

        var refused = await alice.PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.Conflict);

        refused.Text("code").Should().Be("unavailable");
        refused.Text("presence").Should().Be(presence);
        await bob.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Transfer_WithoutRecipientOrToOneself_IsRefused()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());

        await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { }, HttpStatusCode.BadRequest);
        await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "alice" }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Silence_LeadsToReconnectingThenOffline_AndTheAppletComesBackToActive()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, key) = await product.WaitingAsync(technician);
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        await product.PassAsync(TimeSpan.FromMinutes(1));
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("reconnecting");
        await product.PassAsync(TimeSpan.FromMinutes(5));
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("offline");
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);

        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("active");
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("transferring")]
    [InlineData("onHold")]
    public async Task Silence_InAnyStatus_LeadsBackToIt(string status)
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.Transfer = TimeSpan.FromMinutes(30));
        var (id, key) = await product.WaitingAsync(product.Technician());
        if (status != "waiting")
            await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        if (status == "transferring")
            await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);
        if (status == "onHold")
            await product.Technician().PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);

        await product.PassAsync(TimeSpan.FromSeconds(45));
        var lost = (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status");
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);

        // A customer on hold may switch the machine off.
        lost.Should().Be(status == "onHold" ? "onHold" : "reconnecting");
        var back = await product.Technician().GetJsonAsync($"/rescue/sessions/{id}");
        back.Text("status").Should().Be(status);
        if (status == "transferring")
            await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Decline_OfAnOfferMadeWhileWaiting_LeadsBackToWaiting()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);

        var back = await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/transfer/decline", null, HttpStatusCode.OK);

        back.Text("status").Should().Be("waiting");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    public async Task Silence_SetShorterThanSignsOfLifeAreUsuallyNoted_MissesNone(int seconds)
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.Silence = TimeSpan.FromSeconds(seconds));
        var (id, key) = await product.WaitingAsync(product.Technician());
        for (var i = 0; i < 20; i++)
        {
            await product.PassAsync(TimeSpan.FromSeconds(seconds / 3.0));
            (await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("waiting");
            await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
        }
    }

    [Fact]
    public async Task Reboot_HeartbeatsDoNotEndIt_TheSameInstanceDoes()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var (id, key) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { }, HttpStatusCode.OK, key);
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        (await technician.PostAsync($"/rescue/sessions/{id}/reboot", null, HttpStatusCode.OK)).Text("status").Should().Be("rebooting");
        await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key);
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).Text("status").Should().Be("rebooting");
        var (_, fresh) = await product.Anyone.JoinAsync(created);
        await product.Anyone.PostAsync($"/applet/{id}/ready", new { }, HttpStatusCode.Unauthorized, key);
        (await product.Anyone.PostAsync($"/applet/{id}/ready", new { }, HttpStatusCode.OK, fresh)).Text("status").Should().Be("active");
    }

    [Fact]
    public async Task TimeOuts_EachStrikesOnItsOwn()
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Timeouts.Waiting = TimeSpan.FromSeconds(30);
            options.Timeouts.ActiveIdle = TimeSpan.FromSeconds(30);
            options.Timeouts.Connecting = TimeSpan.FromMinutes(30);
        });
        var technician = product.Technician();
        var unused = (await technician.CreateAsync()).Text("id");
        var (joined, _) = await product.Anyone.JoinAsync(await technician.CreateAsync());
        var (waiting, _) = await product.WaitingAsync(technician);
        var (active, _) = await product.WaitingAsync(technician);
        await technician.PostAsync($"/rescue/sessions/{active}/start", null, HttpStatusCode.OK);

        await product.PassAsync(TimeSpan.FromSeconds(30));
        (await technician.GetJsonAsync($"/rescue/sessions/{waiting}")).Text("endReason").Should().Be("waitingTimedOut");
        (await technician.GetJsonAsync($"/rescue/sessions/{active}")).Text("status").Should().Be("timedOut");
        (await technician.PostAsync($"/rescue/sessions/{active}/close", null, HttpStatusCode.OK)).Text("endReason").Should().Be("byTechnician");
        await product.PassAsync(TimeSpan.FromMinutes(20));
        (await technician.GetJsonAsync($"/rescue/sessions/{unused}")).Text("endReason").Should().Be("expired");
        await product.PassAsync(TimeSpan.FromMinutes(10));
        (await technician.GetJsonAsync($"/rescue/sessions/{joined}")).Text("endReason").Should().Be("connectingTimedOut");
    }

    [Fact]
    public async Task Alarms_EscalateBeforeADeadline_EachOnce()
    {
        await using var product = await TestProduct.StartAsync(options => options.Timeouts.Waiting = TimeSpan.FromSeconds(40));
        var technician = product.Technician();
        var (id, _) = await product.WaitingAsync(technician);

        for (var i = 0; i < 39; i++)
            await product.PassAsync(TimeSpan.FromSeconds(1));

        var history = (await technician.GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("history").EnumerateArray();
        history.Where(entry => entry.Text("kind") == "alarm").Select(entry => entry.Text("detail")).Should().Equal("1", "2", "3");
    }

    [Fact]
    public async Task AutoStart_ByPolicy_SkipsWaiting_UntilTheTechnicianIsFull()
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Technicians.AutoStart = true;
            options.Technicians.Capacity = 1;
        });
        var technician = product.Technician();

        var (first, _) = await product.WaitingAsync(technician);
        var (second, _) = await product.WaitingAsync(technician);

        (await technician.GetJsonAsync($"/rescue/sessions/{first}")).Text("status").Should().Be("active");
        (await technician.GetJsonAsync($"/rescue/sessions/{second}")).Text("status").Should().Be("waiting");
    }

    [Fact]
    public async Task OtherTenant_SeesNothing()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        var stranger = product.Technician("mallory", tenant: "other");

        await stranger.GetJsonAsync($"/rescue/sessions/{id}", HttpStatusCode.NotFound);
        await stranger.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.NotFound);
        await stranger.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.NotFound);
        (await stranger.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task List_FiltersSearchesAndPages()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        for (var i = 0; i < 7; i++)
        {
            product.Time.Advance(TimeSpan.FromSeconds(1));
            await technician.CreateAsync($"Customer {i}");
        }

        var names = new List<string>();
        string? after = null;
        do
        {
            var page = await technician.GetJsonAsync($"/rescue/sessions?limit=3&status=CONNECTING&after={after}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("customerName")));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        names.Should().Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"Customer {i}"));
        (await technician.GetJsonAsync("/rescue/sessions?search=customer%205")).GetProperty("items").GetArrayLength().Should().Be(1);
        (await technician.GetJsonAsync("/rescue/sessions?status=sleeping&limit=0&after=x", HttpStatusCode.BadRequest))
            .GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo("status", "limit", "after");
    }

    [Fact]
    public async Task Export_ByTheCustomersNameOrAddress_HasAllOfTheirs()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.CreateAsync("Ada");
        await technician.PostAsync("/rescue/sessions", new { customerName = "A. L.", email = new { delivery = "onMyBehalf", to = "ada@example.org" } }, HttpStatusCode.Created);

        (await technician.GetJsonAsync("/rescue/customers/export?customer=ADA")).GetProperty("items").GetArrayLength().Should().Be(1);
        (await technician.GetJsonAsync("/rescue/customers/export?customer=ada@example.org")).GetProperty("items")[0].GetProperty("history").GetArrayLength().Should().BePositive();
        await product.Technician(group: "few").GetJsonAsync("/rescue/customers/export?customer=ada", HttpStatusCode.Forbidden);
        await technician.GetJsonAsync("/rescue/customers/export", HttpStatusCode.BadRequest);
    }
}
