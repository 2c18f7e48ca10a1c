using System.Net;
using System.Text.Json;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Creating sessions with odd values, odd keys, and at the same moment.</summary>
public class CreateSessionHostileTests
{
    [Theory]
    [InlineData("""{"customerName":"Ada","email":[]}""", "email")]
    [InlineData("""{"customerName":"Ada","email":"a@b.org"}""", "email")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":1}}""", "email.delivery")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":["a@b.org"]}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"a@b.org\u0000"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"\"a\nb\"@b.org"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"<script>@b.org"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"\ud800@b.org"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","to":"nobody"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","forMobileDevice":"yes"}}""", "email.forMobileDevice")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","platform":3}}""", "email.platform")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","language":"fr\r\nBcc: x"}}""", "email.language")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","language":""}}""", "email.language")]
    [InlineData("""{"customerName":"Ada","reference":{}}""", "reference")]
    [InlineData("""{"customerName":"Ada","fields":5}""", "fields")]
    [InlineData("""{"customerName":"Ada","fields":{"field0":[]}}""", "fields.field0")]
    [InlineData("""{"customerName":"Ada","fields":{"tracking":"a\u0000b"}}""", "fields.tracking")]
    [InlineData("""{"customerName":"   "}""", "customerName")]
    [InlineData("""{"customerName":"a\u2066b"}""", "customerName")]
    [InlineData("""{"customerName":"a\u0085b"}""", "customerName")]
    public async Task OddValue_IsRefusedByTheNameOfItsField(string body, string field)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostRawAsync("/rescue/sessions", body, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
        product.Faults.All.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("a\tb")]
    [InlineData("256")]
    public async Task IdempotencyKey_ThatIsNone_Is400(string key)
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var technician = product.Technician();
        technician.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", key == "256" ? new string('k', 256) : key);

        var problem = await technician.PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Single().Name.Should().Be("Idempotency-Key");
    }

    [Fact]
    public async Task IdempotencyKey_OfTheLongestKind_At32Clicks_IsOneSessionAndOneMail()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        technician.DefaultRequestHeaders.Add("Idempotency-Key", new string('~', 255));

        var ids = await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            using var answer = await technician.PostAsync("/rescue/sessions", System.Net.Http.Json.JsonContent.Create(
                new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" } }));
            ((int)answer.StatusCode).Should().BeOneOf(200, 201);
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("id");
        }));

        ids.Distinct().Should().ContainSingle();
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(1);
        product.Sent.Messages.Should().HaveCountLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(ConnectionRight.PrivateSessions, null, false)]
    [InlineData(ConnectionRight.PinConnection, null, false)]
    [InlineData(ConnectionRight.PrivateSessions, "onMyBehalf", false)]
    [InlineData(ConnectionRight.EmailConnection, "onMyBehalf", false)]
    [InlineData(ConnectionRight.EmailOnBehalf, "onMyBehalf", false)]
    [InlineData(ConnectionRight.EmailConnection, "defaultMailClient", false)]
    [InlineData(ConnectionRight.EmailDefaultClient, "defaultMailClient", false)]
    [InlineData(ConnectionRight.MobileAddOn, "defaultMailClient", true)]
    public async Task EachRight_WhenItAloneIsMissing_IsNamedAlone(ConnectionRight right, string? delivery, bool mobile)
    {
        await using var product = await TestProduct.StartAsync(options =>
            options.Permissions.Groups.Add(new() { Name = "most", Grants = [.. Enum.GetValues<ConnectionRight>().Where(other => other != right)] }));

        var problem = await product.Technician(group: "most").PostAsync(
            "/rescue/sessions",
            new { customerName = "Ada", email = delivery is null ? null : new { delivery, to = "ada@example.org", forMobileDevice = mobile } },
            HttpStatusCode.Forbidden);

        problem.Texts("missingRights").Should().Equal(JsonNamingPolicy.CamelCase.ConvertName(right.ToString()));
        product.Sent.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task MobilePlatform_TakesTheAddOn_EvenWithoutTheTick()
    {
        await using var product = await TestProduct.StartAsync(options =>
            options.Permissions.Groups.Add(new() { Name = "desk", Grants = [.. Enum.GetValues<ConnectionRight>().Where(right => right != ConnectionRight.MobileAddOn)] }));

        var problem = await product.Technician(group: "desk").PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", platform = "android" } }, HttpStatusCode.Forbidden);

        problem.Texts("missingRights").Should().Equal("mobileAddOn");
    }

    [Fact]
    public async Task Location_IsThePathOfTheSession()
    {
        await using var product = await TestProduct.StartAsync();

        foreach (var path in (string[])["/rescue/sessions", "/rescue/sessions/"])
        {
            using var answer = await product.Technician().PostAsync(
                path, System.Net.Http.Json.JsonContent.Create(new { customerName = "Ada" }), TestContext.Current.CancellationToken);
            answer.Headers.Location!.OriginalString.Should().MatchRegex("^/rescue/sessions/[0-9a-f]{32}$");
        }
    }
}
