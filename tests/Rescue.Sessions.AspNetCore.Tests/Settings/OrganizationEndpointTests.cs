using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

public sealed class OrganizationEndpointTests
{
    private const string Path = "/rescue/settings/organization";

    // One pixel.
    private const string Logo =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task Get_WhereNothingIsSet_TellsWhatHoldsOfTheProduct()
    {
        await using var product = await TestProduct.StartAsync();

        var view = await product.Technician().GetJsonAsync(Path);

        foreach (var member in (string[])["name", "senderAddress", "senderName", "replyTo", "publicBaseUri", "logo", "accentColor", "phone", "url", "languages", "timeZone", "version"])
            view.GetProperty(member).ValueKind.Should().Be(JsonValueKind.Null, member);
        var effective = view.GetProperty("effective");
        effective.Text("name").Should().Be("Acme & Sons");
        effective.Text("senderAddress").Should().Be("support@example.org");
        effective.Text("senderName").Should().Be("{technician}, {organization}");
        effective.Text("replyTo").Should().Be("technician");
        effective.Text("publicBaseUri").Should().Be(TestProduct.Base);
        effective.Text("accentColor").Should().Be("#0b57d0");
        effective.Texts("languages").Should().StartWith("en").And.Contain("fr");
        effective.Text("timeZone").Should().Be("UTC");
    }

    [Fact]
    public async Task Put_All_HoldsAtOnceForTheTenantAlone_AndDeleteGoesBack()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var body = new
        {
            name = "Globex", senderAddress = "aide@globex.example", senderName = "{technician} ({organization})", replyTo = "sender",
            publicBaseUri = "https://aide.globex.example", logo = Logo, accentColor = "#7A1FA2", phone = "+33 1 23 45 67 89", url = "https://globex.example/aide",
            languages = (string[])["fr"], timeZone = "Europe/Paris", version = 0,
        };

        var saved = await technician.PutAsync(Path, body);

        saved.GetProperty("version").GetInt64().Should().Be(1);
        var view = await technician.GetJsonAsync(Path);
        JsonSerializer.Serialize(view).Should().Be(JsonSerializer.Serialize(saved));
        view.Text("name").Should().Be("Globex");
        view.GetProperty("effective").Text("publicBaseUri").Should().Be("https://aide.globex.example/");
        view.GetProperty("effective").Text("accentColor").Should().Be("#7a1fa2");
        view.GetProperty("effective").Text("logo").Should().Be(Logo);
        (await technician.CreateAsync()).Text("link").Should().StartWith("https://aide.globex.example/Customer/Code.aspx?i=2&Code=");
        var stranger = product.Technician(tenant: "other");
        (await stranger.GetJsonAsync(Path)).GetProperty("effective").Text("name").Should().Be("Acme & Sons");
        (await stranger.CreateAsync()).Text("link").Should().StartWith(TestProduct.Base);

        (await technician.DeleteJsonAsync(Path)).GetProperty("effective").Text("name").Should().Be("Acme & Sons");
        (await technician.CreateAsync()).Text("link").Should().StartWith(TestProduct.Base);
    }

    [Fact]
    public async Task Put_WhatIsLeftOut_StaysAndNullGoesBack()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Path, new { name = "Globex", phone = "555 0100" });

        var saved = await technician.PutAsync(Path, new { name = (string?)null });

        saved.GetProperty("name").ValueKind.Should().Be(JsonValueKind.Null);
        saved.GetProperty("effective").Text("name").Should().Be("Acme & Sons");
        saved.Text("phone").Should().Be("555 0100");
    }

    [Theory]
    [InlineData("""{"accentColor":"#ffff00"}""", "accentColor")]
    [InlineData("""{"accentColor":"red"}""", "accentColor")]
    [InlineData("""{"logo":"data:image/svg+xml;base64,PHN2Zz48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ+PC9zdmc+"}""", "logo")]
    [InlineData("""{"logo":"data:text/html;base64,PGgxPg=="}""", "logo")]
    [InlineData("""{"publicBaseUri":"https://help.example.org/mine/"}""", "publicBaseUri")]
    [InlineData("""{"publicBaseUri":"https://hilfe.globex.example/"}""", "publicBaseUri")]
    [InlineData("""{"senderAddress":"ceo@globex.example"}""", "senderAddress")]
    [InlineData("""{"senderAddress":"nobody"}""", "senderAddress")]
    [InlineData("""{"languages":["fr","no language"]}""", "languages[1]")]
    [InlineData("""{"languages":[null]}""", "languages[0]")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "timeZone")]
    [InlineData("""{"url":"javascript:alert(1)"}""", "url")]
    [InlineData("""{"url":"https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/"}""", "url")]
    [InlineData("""{"wording":{"fr":"A","FR":"B"}}""", "wording.FR")]
    [InlineData("""{"phone":"nobody"}""", "phone")]
    [InlineData("""{"publicBaseUri":"https://10.0.0.5/"}""", "publicBaseUri")]
    [InlineData("""{"senderAddress":"ceo@example.org"}""", "senderAddress")]
    [InlineData("""{"replyTo":"nobody"}""", "replyTo")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"nmae":"Globex"}""", "nmae")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{}""", "")]
    public async Task Put_WhatCannotBe_Is400NamesTheFieldAndSavesNothing(string body, string field)
    {
        await using var product = await TestProduct.StartAsync(options => options.Organizations["globex"] = new() { Domains = { "globex.example" } });
        var technician = product.Technician();

        using var answer = await technician.PutAsync(Path, new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, text);
        JsonDocument.Parse(text).RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
        (await technician.GetJsonAsync(Path)).GetProperty("version").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Put_ALogoThatIsTooLarge_SaysSo()
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PutAsync(Path, new { logo = Convert.ToBase64String(new byte[100_000]) }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").GetProperty("logo")[0].GetString().Should().Contain("65,536");
    }

    [Fact]
    public async Task Put_OnAnOldVersion_Is409WithTheLatest()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Path, new { name = "One", version = 0 });

        var problem = await technician.PutAsync(Path, new { name = "Two", version = 0 }, HttpStatusCode.Conflict);

        problem.GetProperty("version").GetInt64().Should().Be(1);
        problem.GetProperty("savedBy").Text("id").Should().Be("alice");
    }

    [Fact]
    public async Task History_TellsWhatWasSetByWhomAndIsTheTenantsAlone()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await technician.PutAsync(Path, new { name = "One", logo = Logo });
        await product.Technician("bob").PutAsync(Path, new { name = "Two", languages = (string[])["fr"] });
        await technician.DeleteJsonAsync(Path);

        var versions = (await technician.GetJsonAsync($"{Path}/history")).GetProperty("items").EnumerateArray().ToList();

        versions.Select(version => version.GetProperty("version").GetInt64()).Should().Equal(3, 2, 1);
        versions.Select(version => version.GetProperty("savedBy").Text("name")).Should().Equal("Name of alice", "Name of bob", "Name of alice");
        versions.Select(version => version.GetProperty("isDefault").GetBoolean()).Should().Equal(true, false, false);
        versions[0].GetProperty("name").ValueKind.Should().Be(JsonValueKind.Null);
        versions[1].Text("name").Should().Be("Two");
        versions[1].Texts("languages").Should().Equal("fr");
        versions[2].Text("logo").Should().Be(Logo);
        versions[2].GetProperty("savedAt").GetDateTimeOffset().Should().Be(product.Time.GetUtcNow());
        (await product.Technician(tenant: "other").GetJsonAsync($"{Path}/history")).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task EveryVerb_WithoutTheRight_Is403()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician(group: "few");

        foreach (var refusal in (JsonElement[])
            [
                await technician.GetJsonAsync(Path, HttpStatusCode.Forbidden),
                await technician.GetJsonAsync($"{Path}/history", HttpStatusCode.Forbidden),
                await technician.PutAsync(Path, new { name = "Mine" }, HttpStatusCode.Forbidden),
                await technician.DeleteJsonAsync(Path, HttpStatusCode.Forbidden),
            ])
        {
            refusal.Texts("missingRights").Should().Equal("manageSettings");
        }
    }
}
