using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public class CreateSessionTests
{
    [Fact]
    public async Task Create_ByPin_AnswersPinLinkAndExpiry()
    {
        await using var product = await TestProduct.StartAsync();

        var created = await product.Technician().CreateAsync("Ada Lovelace");

        created.Text("status").Should().Be("connecting");
        created.Text("pin").Should().MatchRegex("^[0-9]{6}$");
        created.Text("link").Should().MatchRegex($"^{TestProduct.Base}Customer/Code\\.aspx\\?i=2&Code={created.Text("pin")}&k=[0-9a-hjkmnp-tv-z]{{26}}$");
        created.GetProperty("expiresAt").GetDateTimeOffset().Should().Be(product.Time.GetUtcNow().AddMinutes(20));
    }

    [Fact]
    public async Task Create_LongerPin_HasTheDigitsThatAreAskedFor()
    {
        await using var product = await TestProduct.StartAsync();

        var created = await product.Technician().PostAsync("/rescue/sessions", new { customerName = "Ada", pinLength = 10 }, HttpStatusCode.Created);

        created.Text("pin").Should().MatchRegex("^[0-9]{10}$");
    }

    [Theory]
    [InlineData("""{"customerName":""}""", "customerName")]
    [InlineData("""{}""", "customerName")]
    [InlineData("""{"customerName":5}""", "customerName")]
    [InlineData("""{"customerName":"a\nb"}""", "customerName")]
    [InlineData("""{"customerName":"a\u202Eb"}""", "customerName")]
    [InlineData("""{"customerName":"a\u2028b"}""", "customerName")]
    [InlineData("""{"customerName":"Ada","reference":"a\rb"}""", "reference")]
    [InlineData("""{"customerName":"Ada","fields":{"field0":"0123456789012345678901234567890123456789012345678901234567890123456789"}}""", "fields.field0")]
    [InlineData("""{"customerName":"Ada","email":{}}""", "email.delivery")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"pigeon"}}""", "email.delivery")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"nobody"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"a@b.org, c@d.org"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"onMyBehalf","to":"a@b.org\r\nBcc: c@d.org"}}""", "email.to")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","platform":"beos"}}""", "email.platform")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","language":"not a language"}}""", "email.language")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","timeZone":"Mars/Olympus"}}""", "email.timeZone")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","timeZone":"../../../../dev/zero"}}""", "email.timeZone")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","timeZone":""}}""", "email.timeZone")]
    [InlineData("""{"customerName":"Ada","email":{"delivery":"defaultMailClient","timeZone":2}}""", "email.timeZone")]
    [InlineData("""{"customerName":"Ada","pinLength":5}""", "pinLength")]
    [InlineData("""{"customerName":"Ada","pinLength":13}""", "pinLength")]
    [InlineData("""{"customerName":"Ada","pinLength":"8"}""", "pinLength")]
    [InlineData("""{"customerName":"Ada","pinLength":8.5}""", "pinLength")]
    [InlineData("""not json""", "")]
    [InlineData("""[]""", "")]
    [InlineData("""null""", "")]
    [InlineData("""{"customerName":"Ada"} {}""", "")]
    [InlineData("""{"customerName":"\ud800"}""", "customerName")]
    public async Task Create_WrongInput_NamesTheField(string body, string field)
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician().PostRawAsync("/rescue/sessions", body, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Contain(field);
        (await product.Technician().GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Create_LongestName_IsAccepted_OneMoreIsNot()
    {
        await using var product = await TestProduct.StartAsync();

        await product.Technician().PostAsync("/rescue/sessions", new { customerName = new string('é', 128) }, HttpStatusCode.Created);
        await product.Technician().PostAsync("/rescue/sessions", new { customerName = new string('é', 129) }, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_HugeBody_Is413(bool saysItsLength)
    {
        await using var product = await TestProduct.StartAsync();
        var bytes = Encoding.UTF8.GetBytes($$"""{"customerName":"{{new string('a', 200_000)}}"}""");
        using var body = new StreamContent(saysItsLength ? new MemoryStream(bytes) : new UnknownLengthStream(bytes));
        body.Headers.ContentType = new("application/json");

        using var answer = await product.Technician().PostAsync("/rescue/sessions", body, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Create_SameIdempotencyKey_IsOneSession_EachTechnicianHasTheirOwn()
    {
        await using var product = await TestProduct.StartAsync();
        var alice = product.Technician();
        alice.DefaultRequestHeaders.Add("Idempotency-Key", "double-click");
        var bob = product.Technician("bob");
        bob.DefaultRequestHeaders.Add("Idempotency-Key", "double-click");

        var first = await alice.CreateAsync();
        var again = await alice.PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.OK);
        var other = await bob.CreateAsync();

        again.Text("id").Should().Be(first.Text("id"));
        again.Text("pin").Should().Be(first.Text("pin"));
        again.Text("link").Should().Be(first.Text("link"));
        other.Text("id").Should().NotBe(first.Text("id"));
    }

    [Fact]
    public async Task Create_OnMyBehalf_IsQueuedAndThenSent()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();

        var created = await technician.PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" } }, HttpStatusCode.Created);

        created.GetProperty("invitation").Text("state").Should().Be("queued");
        await product.UntilAsync(async () => (await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).GetProperty("invitation").Text("state") == "sent");
        var message = product.Sent.Messages.Single();
        message.Text.Should().Contain(created.Text("link")).And.Contain(created.Text("pin"));
        message.From.DisplayName.Should().Be("Name of alice, Acme & Sons");
        message.From.Address.Should().Be("support@example.org");
        message.ReplyTo!.Address.Should().Be("alice@example.org");
    }

    [Fact]
    public async Task Create_TooManyCodes_Is429WithRetryAfter()
    {
        await using var product = await TestProduct.StartAsync(options => options.Codes.IssueLimit = 2);
        var technician = product.Technician();
        await technician.CreateAsync();
        await technician.CreateAsync();

        using var answer = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = "Ada" }, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
    }

    [Fact]
    public async Task Create_NobodyOrAnotherSite_IsRefused()
    {
        await using var product = await TestProduct.StartAsync();
        await product.Anyone.PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.Unauthorized);
        var lured = product.Technician();
        lured.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        await lured.PostAsync("/rescue/sessions", new { customerName = "Ada" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Create_MissingRights_AreAllNamedWithTheGroupThatDecided()
    {
        await using var product = await TestProduct.StartAsync();

        var problem = await product.Technician(group: "few").PostAsync(
            "/rescue/sessions",
            new { customerName = "Ada", email = new { delivery = "defaultMailClient", forMobileDevice = true } },
            HttpStatusCode.Forbidden);

        problem.Texts("missingRights").Should().Equal("emailConnection", "emailDefaultClient", "mobileAddOn");
        problem.GetProperty("decisions")[0].Text("decidedBy").Should().Be("few");
    }

    private sealed class UnknownLengthStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
