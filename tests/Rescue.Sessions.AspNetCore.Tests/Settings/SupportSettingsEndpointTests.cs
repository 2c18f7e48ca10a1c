using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

public sealed class SupportSettingsEndpointTests
{
    [Fact]
    public async Task Timeouts_Saved_HoldForTheNextSession()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        (await technician.PutAsync("/rescue/settings/timeouts", new { codeValidityMinutes = 45, connectingMinutes = 0, waitingMinutes = 0 })).GetProperty("version").GetInt64().Should().Be(1);

        (await technician.CreateAsync()).GetProperty("expiresAt").GetDateTimeOffset().Should().Be(product.Time.GetUtcNow().AddMinutes(45));
        var view = await technician.GetJsonAsync("/rescue/settings/timeouts");
        view.GetProperty("codeValidityMinutes").GetInt32().Should().Be(45);
        view.GetProperty("waitingMinutes").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Settings_SayWhatHolds_WhereNothingIsSet()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync("/rescue/settings/timeouts", new { codeValidityMinutes = 45 });
        await technician.PutAsync("/rescue/settings/email", new { timeZone = "Europe/Paris" });

        var times = await technician.GetJsonAsync("/rescue/settings/timeouts");
        times.GetProperty("connectingMinutes").ValueKind.Should().Be(JsonValueKind.Null);
        times.GetProperty("effective").GetProperty("codeValidityMinutes").GetDouble().Should().Be(45);
        times.GetProperty("effective").GetProperty("connectingMinutes").GetDouble().Should().Be(30);
        times.GetProperty("effective").GetProperty("waitingMinutes").GetDouble().Should().Be(0);
        var email = await technician.GetJsonAsync("/rescue/settings/email");
        email.GetProperty("effective").Text("language").Should().Be("en");
        email.GetProperty("effective").Text("timeZone").Should().Be("Europe/Paris");
    }

    [Fact]
    public async Task Timeouts_OutOfRange_NameTheField()
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 1000 }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").GetProperty("waitingMinutes")[0].GetString().Should().Contain("999");
    }

    [Fact]
    public async Task Groups_Saved_DecideAtOnceAndComeBackAsTheyWere()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var groups = new object[]
        {
            new { name = "all", grants = (string[])["manageSettings", "pinConnection"], locks = (string[])["hold"] },
            new { name = "few", parent = "all", denials = (string[])["manageSettings"], timeouts = new { waiting = "00:03:00" } },
        };

        var saved = await technician.PutAsync("/rescue/settings/groups", new { groups });

        saved.GetProperty("groups")[1].GetProperty("timeouts").Text("waiting").Should().Be("00:03:00");
        var refusal = await technician.PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.Forbidden);
        refusal.Texts("missingRights").Should().Equal("privateSessions");
        (await technician.GetJsonAsync("/rescue/settings/groups")).GetProperty("groups")[0].Texts("locks").Should().Equal("hold");
        await technician.DeleteJsonAsync("/rescue/settings/groups");
        await technician.CreateAsync();
    }

    [Theory]
    [InlineData("""{"groups":[{"name":"all","grants":["fly"]}]}""")]
    [InlineData("""{"groups":[{"name":"all","parent":"nobody","grants":["manageSettings"]}]}""")]
    [InlineData("""{"groups":[{"grants":["manageSettings"]}]}""")]
    [InlineData("""{"groups":[{"name":"all","grants":["hold"]}]}""")]
    [InlineData("""{"groups":[{"name":"all","grants":["manageSettings"],"timeouts":{"hold":"99.00:00:00"}}]}""")]
    [InlineData("""{"groups":[null]}""")]
    public async Task Groups_ThatCannotBe_Are400(string body)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        using var answer = await technician.PutAsync(
            "/rescue/settings/groups", new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await technician.CreateAsync();
    }

    [Fact]
    public async Task Erase_Customer_TellsHowMany()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var ended = await technician.CreateAsync("Grace");
        await technician.PostAsync($"/rescue/sessions/{ended.Text("id")}/close", null, HttpStatusCode.OK);
        await technician.CreateAsync("Grace");

        var answer = await technician.PostAsync("/rescue/customers/erase", new { customer = "grace" }, HttpStatusCode.OK);

        answer.GetProperty("erased").GetInt32().Should().Be(1);
        answer.GetProperty("open").GetInt32().Should().Be(1);
        await technician.GetJsonAsync($"/rescue/sessions/{ended.Text("id")}", HttpStatusCode.NotFound);
        await technician.PostAsync("/rescue/customers/erase", new { customer = " " }, HttpStatusCode.BadRequest);
        (await product.Technician(group: "few").PostAsync("/rescue/customers/erase", new { customer = "grace" }, HttpStatusCode.Forbidden))
            .Texts("missingRights").Should().Equal("erasePersonalData");
    }
}
