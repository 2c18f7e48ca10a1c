using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Json;

/// <summary>A misspelt, repeated or missing member is told by its path, and changes nothing.</summary>
public class StrictBodyTests
{
    [Theory]
    [InlineData("POST", "/rescue/sessions", """{"customerName":"Ada","Email":{"delivery":"defaultMailClient"}}""", "Email", "'email'")]
    [InlineData("POST", "/rescue/sessions", """{"customerName":"Ada","email":{"delivery":"defaultMailClient","langauge":"fr"}}""", "email.langauge", "'language'")]
    [InlineData("POST", "/rescue/sessions", """{"customerName":"Ada","email":{"delivery":"defaultMailClient","for_mobile_device":true}}""", "email.for_mobile_device", "'forMobileDevice'")]
    [InlineData("POST", "/rescue/sessions", """{"customerName":"Ada","fields":{"field9":"x"}}""", "fields.field9", "'field")]
    [InlineData("POST", "/rescue/sessions", """{"customername":"Ada"}""", "customername", "'customerName'")]
    [InlineData("POST", "/rescue/sessions", """{"customerName":"Ada","colour":"red"}""", "colour", "There are: customerName")]
    [InlineData("POST", "/rescue/customers/erase", """{"custmer":"Ada"}""", "custmer", "'customer'")]
    [InlineData("PUT", "/rescue/presence", """{"Presence":"busy"}""", "Presence", "'presence'")]
    [InlineData("PUT", "/rescue/settings/groups", """{"gropus":[]}""", "gropus", "'groups'")]
    [InlineData("PUT", "/rescue/settings/groups", """{"groups":[{"name":"all","grants":["manageSettings"]},{"name":"b","denails":["hold"]}]}""", "groups[1].denails", "'denials'")]
    [InlineData("PUT", "/rescue/settings/timeouts", """{"codeValidityMinute":5}""", "codeValidityMinute", "'codeValidityMinutes'")]
    [InlineData("PUT", "/rescue/settings/email", """{"timezone":"Europe/Paris"}""", "timezone", "'timeZone'")]
    [InlineData("PUT", "/rescue/settings/template", """{"subjekt":"x","text":"{{ link.url }}"}""", "subjekt", "'subject'")]
    [InlineData("POST", "/rescue/settings/template/preview", """{"subject":"x","txet":"{{ link.url }}"}""", "txet", "'text'")]
    [InlineData("POST", "/rescue/sessions/1/transfer", """{"too":"bob"}""", "too", "'to'")]
    [InlineData("POST", "/rescue/sessions/1/start", """{"by":"bob"}""", "by", "empty body")]
    [InlineData("POST", "/applet/join", """{"tokne":"x"}""", "tokne", "'token'")]
    [InlineData("POST", "/applet/1/ready", """{"hostname":"pc"}""", "hostname", "'hostName'")]
    [InlineData("POST", "/applet/1/decline", """{"why":"terms"}""", "why", "empty body")]
    [InlineData("POST", "/applet/1/heartbeat", """{"at":1}""", "at", "empty body")]
    [InlineData("POST", "/applet/1/leave", """{"why":"done"}""", "why", "empty body")]
    [InlineData("POST", "/guest/1/leave", """{"why":"done"}""", "why", "empty body")]
    public async Task UnknownMember_Is400_AndNamesItAndItsNearest(string method, string path, string body, string member, string hint)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await SendAsync(product, method, path, body);

        problem.Text("code").Should().Be("unknownMember");
        problem.GetProperty("errors").GetProperty(member)[0].GetString().Should().Contain(hint);
    }

    [Theory]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","customerName":"Bob"}""", "customerName")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","email":{"delivery":"defaultMailClient","to":"a@b.org","to":"c@d.org"}}""", "email.to")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","fields":{"field1":"a","field1":"b"}}""", "fields.field1")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","email":{"delivery":"defaultMailClient","values":{"ticket.url":"a","ticket.url":"b"}}}""", "email.values.ticket.url")]
    [InlineData("/applet/join", """{"pin":"123456","pin":"123456"}""", "pin")]
    public async Task DuplicateMember_Is400_AndIsNamedAsSuch(string path, string body, string member)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await SendAsync(product, "POST", path, body);

        problem.Text("code").Should().Be("duplicateMember");
        problem.GetProperty("errors").GetProperty(member)[0].GetString().Should().Contain("more than once");
    }

    [Fact]
    public async Task SeveralWrongMembers_AreAllTold()
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await SendAsync(product, "POST", "/rescue/sessions", """{"name":"Ada","ref":"1","email":{"adress":"x","To":"y"}}""");

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo("name", "ref", "email.adress", "email.To");
    }

    [Theory]
    [InlineData("groups", """{}""")]
    [InlineData("groups", """{"version":1}""")]
    [InlineData("timeouts", """{}""")]
    [InlineData("timeouts", """{"version":1}""")]
    [InlineData("email", """{}""")]
    public async Task BodyThatSetsNothing_Is400_AndResetsNothing(string setting, string body)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await SaveEachAsync(technician);
        var before = await technician.GetStringAsync($"/rescue/settings/{setting}", Cancelled);

        (await SendAsync(product, "PUT", $"/rescue/settings/{setting}", body)).Text("code").Should().Be("missingMember");

        (await technician.GetStringAsync($"/rescue/settings/{setting}", Cancelled)).Should().Be(before);
    }

    [Theory]
    [InlineData("timeouts", """{"waitingMinutes":9}""", "connectingMinutes", "7")]
    [InlineData("timeouts", """{"waitingMinutes":null}""", "connectingMinutes", "7")]
    [InlineData("email", """{"language":"de"}""", "timeZone", "Europe/Paris")]
    public async Task MemberLeftOut_StaysAsItIs(string setting, string body, string other, string expected)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        await SaveEachAsync(technician);

        using var answer = await technician.PutAsync($"/rescue/settings/{setting}", Json(body), Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await technician.GetJsonAsync($"/rescue/settings/{setting}")).GetProperty(other).ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData("groups")]
    [InlineData("timeouts")]
    [InlineData("email")]
    [InlineData("template")]
    public async Task Delete_GoesBackToTheDefault(string setting)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var original = Content(await technician.GetJsonAsync($"/rescue/settings/{setting}"));
        await SaveEachAsync(technician);
        Content(await technician.GetJsonAsync($"/rescue/settings/{setting}")).Should().NotBe(original);

        await technician.DeleteJsonAsync($"/rescue/settings/{setting}");

        Content(await technician.GetJsonAsync($"/rescue/settings/{setting}")).Should().Be(original);
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task VersionThatNeverWas_IsRefused(long version)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        await technician.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 5, version }, HttpStatusCode.BadRequest);
        await technician.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 5 });
        (await technician.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 6, version }, HttpStatusCode.Conflict)).Text("code").Should().Be("outdated");
        await technician.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 6, version = 1 });
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task SaveEachAsync(HttpClient technician)
    {
        await technician.PutAsync("/rescue/settings/groups", new { groups = new[] { new { name = "all", grants = new[] { "manageSettings" }, denials = new[] { "hold" } } } });
        await technician.PutAsync("/rescue/settings/timeouts", new { waitingMinutes = 5, connectingMinutes = 7 });
        await technician.PutAsync("/rescue/settings/email", new { language = "en", timeZone = "Europe/Paris" });
        await technician.PutAsync("/rescue/settings/template", new { subject = "s", text = "{{ link.url }}" });
    }

    // Who saved it and as which version stays true.
    private static string Content(System.Text.Json.JsonElement setting) => string.Join('\n', setting.EnumerateObject()
        .Where(member => member.Name is "groups" or "waitingMinutes" or "connectingMinutes" or "timeZone" or "subject" or "text")
        .Select(member => member.ToString()));

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static async Task<System.Text.Json.JsonElement> SendAsync(TestProduct product, string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = Json(body) };
        request.Headers.Authorization = new("Bearer", "x");
        using var answer = await product.Technician().SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement;
    }
}
