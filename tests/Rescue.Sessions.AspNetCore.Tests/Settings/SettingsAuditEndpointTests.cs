using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

public sealed class SettingsAuditEndpointTests
{
    private const string Path = "/rescue/settings/history";

    [Fact]
    public async Task Get_AfterActsInSeveralSettings_TellsWhoSetWhatAndWhatItWasBefore_NewestFirst()
    {
        await using var product = await TestProduct.StartAsync();
        var (alice, bob) = (product.Technician(), product.Technician("bob"));
        await alice.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 10 });
        product.Time.Advance(TimeSpan.FromMinutes(1));
        await bob.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 20 });
        product.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.PutAsync("/rescue/settings/organization", new { name = "Globex" });
        product.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.DeleteAsync("/rescue/settings/timeouts", TestContext.Current.CancellationToken);

        var items = (await alice.GetJsonAsync(Path)).GetProperty("items").EnumerateArray().ToArray();

        items.Select(item => (item.Text("document"), item.GetProperty("version").GetInt64(), item.GetProperty("savedBy").Text("id")))
            .Should().Equal(("timeouts", 3, "alice"), ("organization", 1, "alice"), ("timeouts", 2, "bob"), ("timeouts", 1, "alice"));
        items[0].GetProperty("before").GetProperty("waitingMinutes").GetInt32().Should().Be(20);
        items[0].GetProperty("after").ValueKind.Should().Be(JsonValueKind.Null, "it went back to the default");
        items[1].GetProperty("after").Text("name").Should().Be("Globex");
        items[2].GetProperty("before").GetProperty("waitingMinutes").GetInt32().Should().Be(10);
        items[3].GetProperty("before").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("timeouts", """{"waitingMinutes":10}""")]
    [InlineData("organization", """{"name":"Globex"}""")]
    [InlineData("groups", """{"groups":[{"name":"all","grants":["manageSettings"]}]}""")]
    [InlineData("email", """{"language":"fr"}""")]
    public async Task Get_AfterASettingWentBackToTheDefault_TellsNothingAfterIt(string document, string set)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        using var body = new StringContent(set, System.Text.Encoding.UTF8, "application/json");
        using var saved = await technician.PutAsync($"/rescue/settings/{document}", body, TestContext.Current.CancellationToken);
        saved.StatusCode.Should().Be(HttpStatusCode.OK);

        using var restored = await technician.DeleteAsync($"/rescue/settings/{document}", TestContext.Current.CancellationToken);

        restored.StatusCode.Should().Be(HttpStatusCode.OK);
        var latest = (await technician.GetJsonAsync(Path)).GetProperty("items").EnumerateArray().First(item => item.GetProperty("version").GetInt64() == 2);
        latest.Text("document").Should().Be(document);
        latest.GetProperty("before").ValueKind.Should().Be(JsonValueKind.Object);
        latest.GetProperty("after").ValueKind.Should().Be(JsonValueKind.Null);
        (await technician.GetJsonAsync($"/rescue/settings/{document}")).GetProperty("version").GetInt64().Should().Be(2);
    }

    [Fact]
    public async Task Get_WithALimit_TellsTheNewest_EachWithWhatWasBefore()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        for (var minutes = 1; minutes <= 4; minutes++)
        {
            await technician.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = minutes });
            product.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var items = (await technician.GetJsonAsync($"{Path}?limit=2")).GetProperty("items").EnumerateArray().ToArray();

        items.Select(item => item.GetProperty("version").GetInt64()).Should().Equal(4, 3);
        items[1].GetProperty("before").GetProperty("waitingMinutes").GetInt32().Should().Be(2);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("all")]
    public async Task Get_WithALimitThatIsNone_Is400ByField(string limit)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await product.Technician().GetAsync($"{Path}?limit={limit}", TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain("\"limit\"");
    }

    [Fact]
    public async Task Get_WithoutTheRight_IsForbidden()
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await product.Technician(group: "few").GetAsync(Path, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Get_AfterAWebhookWasMade_TellsOfItWithoutItsSecrets()
    {
        await using var product = await TestProduct.StartAsync(add: builder => builder.AddWebhooks());
        var technician = product.Technician();
        await technician.PostAsync("/rescue/settings/webhooks", new { url = "https://hooks.example.org/rescue", types = (string[])["session.closed"] }, HttpStatusCode.Created);

        var text = JsonSerializer.Serialize(await technician.GetJsonAsync(Path));

        text.Should().Contain("https://hooks.example.org/rescue").And.NotContainAny("secret", "sealed");
    }
}
