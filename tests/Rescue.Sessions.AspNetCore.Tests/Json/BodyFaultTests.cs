using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Json;

/// <summary>What is wrong with a body, and where, in one answer; nothing that it holds is repeated.</summary>
public class BodyFaultTests
{
    private const string Secret = "hunter2-secret";

    [Theory]
    [InlineData("{\n  \"customerName\": \"hunter2-secret\",\n}", "line 3, position 1", "comma has nothing behind it")]
    [InlineData("{\"customerName\":\"hunter2-secret\",\"email\":{\"to\":\"a@b.org\",}}", "position 58", "comma has nothing behind it")]
    [InlineData("{\"customerName\":\"hunter2-secret\",\"fields\":[1,]}", "line 1, position", "comma has nothing behind it")]
    [InlineData("{\n  // hunter2-secret\n  \"customerName\": \"x\"\n}", "line 2, position", "no comments")]
    [InlineData("{\"customerName\": /* hunter2-secret */ \"x\"}", "'customerName'", "no comments")]
    [InlineData("{'customerName':'hunter2-secret'}", "line 1, position 2", "single quotes")]
    [InlineData("{\"customerName\":'hunter2-secret'}", "line 1, position 17, at 'customerName'", "single quotes")]
    [InlineData("{customerName:\"hunter2-secret\"}", "line 1, position 2", "without double quotes")]
    [InlineData("{\"customerName\":True}", "at 'customerName'", "written small")]
    [InlineData("{\"customerName\":\"Zoë\" \"reference\":\"hunter2-secret\"}", "line 1, position 23", "comma or a colon is missing")]
    [InlineData("{\"customerName\":\"x\",,\"reference\":\"hunter2-secret\"}", "line 1, position 21", "comma too many")]
    [InlineData("{\"customerName\":\"hunter2-secret\",\"email\":{", "at 'email'", "ends too early")]
    [InlineData("{\"customerName\":\"hunter2-secret", "at 'customerName'", "ends too early")]
    [InlineData("{\"customerName\":\"hunter2\n-secret\"}", "at 'customerName'", "control character")]
    [InlineData("{\"customerName\":\"hunter2-secret\"}}", "line 1, position 34", "no JSON")]
    [InlineData("\uFEFF{\"customerName\":\"hunter2-secret\"}", "line 1, position 1", "byte order mark")]
    [InlineData("hunter2-secret", "line 1, position 1", "no JSON")]
    [InlineData("", "The body is", "body is empty")]
    [InlineData(" \n ", "The body is", "body is empty")]
    [InlineData("[{\"customerName\":\"hunter2-secret\"}]", "The body is", "body is an array")]
    [InlineData("\"hunter2-secret\"", "The body is", "body is a text")]
    [InlineData("null", "The body is", "body is null")]
    public async Task Body_ThatIsNoObject_IsToldWithItsPlaceAndWithoutWhatItHolds(string body, string place, string fault)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostRawAsync("/rescue/sessions", body, HttpStatusCode.BadRequest);

        problem.Text("code").Should().Be("invalidRequest");
        problem.GetProperty("errors").GetProperty("").EnumerateArray().Should().ContainSingle().Which.GetString().Should().Contain(place).And.Contain(fault);
        problem.ToString().Should().NotContainAny(Secret, "hunter2", "secret");
    }

    [Theory]
    [InlineData("/rescue/sessions", """{"customerName":7}""", "customerName", "must be a text, and is a number (line 1, position 17)")]
    [InlineData("/rescue/sessions", """{"customerName":["hunter2-secret"]}""", "customerName", "must be a text, and is an array")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","email":"hunter2-secret"}""", "email", "must be an object, and is a text")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","email":{"forMobileDevice":"yes"}}""", "email.forMobileDevice", "must be true or false, and is a text")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","email":{"values":{"a.b":1}}}""", "email.values.a.b", "must be a text")]
    [InlineData("/rescue/sessions", """{"customerName":"Ada","fields":[]}""", "fields", "must be an object, and is an array")]
    public async Task Member_OfAWrongType_IsToldByItsPathWithWhatItMustBe(string path, string body, string member, string told)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostRawAsync(path, body, HttpStatusCode.BadRequest);

        problem.Text("code").Should().Be("invalidRequest");
        problem.GetProperty("errors").GetProperty(member)[0].GetString().Should().Contain(told);
        problem.ToString().Should().NotContain("hunter2");
    }

    [Theory]
    [InlineData("timeouts", """{"waitingMinutes":"5"}""", "waitingMinutes", "must be a whole number, and is a text")]
    [InlineData("timeouts", """{"waitingMinutes":5.5}""", "waitingMinutes", "must be a whole number, and is a number")]
    [InlineData("timeouts", """{"waitingMinutes":99999999999}""", "waitingMinutes", "must be a whole number")]
    [InlineData("groups", """{"groups":{}}""", "groups", "must be an array, and is an object")]
    [InlineData("groups", """{"groups":[{"name":"all","grants":["fly"]}]}""", "groups[0].grants[0]", "hold")]
    public async Task Setting_OfAWrongType_IsToldByItsPathWithWhatItMustBe(string setting, string body, string member, string told)
    {
        await using var product = await TestProduct.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await product.Technician().PutAsync($"/rescue/settings/{setting}", content, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        problem.GetProperty("errors").GetProperty(member)[0].GetString().Should().Contain(told);
    }

    [Theory]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"pigeon","adress":"x"}}""", "unknownMember", "email.adress", "email.delivery")]
    [InlineData("""{"customerName":"Ada","colour":"red","email":{"delivery":"onMyBehalf","to":"nobody"}}""", "unknownMember", "colour", "email.to")]
    [InlineData("""{"customerName":"","refrence":"7"}""", "unknownMember", "refrence", "customerName")]
    [InlineData("""{"customerName":"","reference":"7","reference":"8"}""", "duplicateMember", "reference", "customerName")]
    [InlineData("""{"customerName":7,"refrence":"7","email":{"forMobileDevice":1}}""", "unknownMember", "refrence", "customerName", "email.forMobileDevice")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"a@b.org","langauge":"fr"},"sms":{"to":"1"}}""", "unknownMember", "email.langauge", "sms")]
    public async Task UnknownMember_BesideWrongValues_AllAreTold(string body, string code, params string[] members)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostRawAsync("/rescue/sessions", body, HttpStatusCode.BadRequest);

        problem.Text("code").Should().Be(code);
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Contain(members).And.NotContain("");
    }

    [Fact]
    public async Task ThousandsOfWrongValues_AreToldInPart()
    {
        await using var product = await TestProduct.StartAsync();
        var values = string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"v{number}\":7"));

        var problem = await product.Technician().PostRawAsync(
            "/rescue/sessions", "{\"customerName\":\"Ada\",\"email\":{\"values\":{" + values + "}}}", HttpStatusCode.BadRequest);

        problem.Text("code").Should().Be("invalidRequest");
        problem.GetProperty("errors").EnumerateObject().Should().HaveCount(50);
    }

    [Fact]
    public async Task UnknownMember_StandsForOneThatIsMissing_ThatIsNotToldTwice()
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostRawAsync("/rescue/sessions", """{"customername":"Ada"}""", HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Should().ContainSingle().Which.Value[0].GetString().Should().Contain("'customerName'");
    }

    [Fact]
    public async Task GuestBody_UnknownMemberAndWrongName_BothAreTold()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, _) = await product.WaitingAsync(technician);

        var problem = await technician.PostRawAsync($"/rescue/sessions/{id}/guests", """{"name":"","minuts":5}""", HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo("name", "minuts");
    }
}
