using System.Net;
using System.Net.Http.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Technicians click twice, and answers get lost: a repeat finds done what it asks for.</summary>
public sealed class RepeatTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_ByTheWinnerAgain_Succeeds_AndByAnybodyElseNot()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK);

        var first = await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.OK);
        var again = await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.OK);

        again.GetProperty("version").GetInt64().Should().Be(first.GetProperty("version").GetInt64());
        await product.Technician("carol").PostAsync($"/rescue/sessions/{id}/transfer/accept", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Resume_ByTheWinnerAgain_Succeeds_AndByAnybodyElseNot()
    {
        await using var product = await TestProduct.StartAsync();
        var (id, _) = await product.WaitingAsync(product.Technician());
        await product.Technician().PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await product.Technician().PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);

        await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/resume", null, HttpStatusCode.OK);
        await product.Technician("bob").PostAsync($"/rescue/sessions/{id}/resume", null, HttpStatusCode.OK);

        await product.Technician().PostAsync($"/rescue/sessions/{id}/resume", null, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("""{"customerName":"Grace"}""")]
    [InlineData("""{"customerName":"Grace","email":{"delivery":"onMyBehalf","to":"grace@example.org"}}""")]
    [InlineData("""{"customerName":"Grace","email":{"delivery":"defaultMailClient"}}""")]
    public async Task Create_TwiceWithoutAKey_MakesOneSessionAndOneMail(string body)
    {
        await using var product = await TestProduct.StartAsync(options => options.Codes.RepeatWindow = TimeSpan.FromSeconds(10));
        var technician = product.Technician();
        var first = await technician.PostRawAsync("/rescue/sessions", body, HttpStatusCode.Created);
        product.Time.Advance(TimeSpan.FromMilliseconds(50));

        var again = await technician.PostRawAsync("/rescue/sessions", body, HttpStatusCode.OK);

        again.Text("id").Should().Be(first.Text("id"));
        again.Text("link").Should().Be(first.Text("link"));
        (await technician.GetJsonAsync("/rescue/sessions")).GetProperty("items").GetArrayLength().Should().Be(1);
        product.Time.Advance(TimeSpan.FromSeconds(10));
        (await technician.PostRawAsync("/rescue/sessions", body, HttpStatusCode.Created)).Text("id").Should().NotBe(first.Text("id"));
    }

    [Theory]
    [InlineData("Grace", null, HttpStatusCode.OK)]
    [InlineData(" Grace ", null, HttpStatusCode.OK)]
    [InlineData("Ada", null, HttpStatusCode.UnprocessableEntity)]
    [InlineData("Grace", "T-2", HttpStatusCode.UnprocessableEntity)]
    public async Task IdempotencyKey_OfAnotherCustomer_GivesNobodysLink(string customerName, string? reference, HttpStatusCode expected)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        technician.DefaultRequestHeaders.Add("Idempotency-Key", "click");
        var first = await technician.CreateAsync("Grace");

        using var answer = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName, reference }, Cancellation);

        answer.StatusCode.Should().Be(expected);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        if (expected == HttpStatusCode.OK)
            text.Should().Contain(first.Text("pin"));
        else
            text.Should().Contain("idempotencyKeyReused").And.NotContain(first.Text("pin")).And.NotContain("Grace");
    }

    [Theory]
    [InlineData("""{"delivery":"onMyBehalf","to":"grace@example.org","language":"fr"}""", HttpStatusCode.OK)]
    [InlineData("""{"delivery":"onMyBehalf","to":" grace@example.org ","language":"fr"}""", HttpStatusCode.OK)]
    [InlineData("""{"delivery":"onMyBehalf","to":"grase@example.org","language":"fr"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"delivery":"onMyBehalf","to":"grace@example.org","language":"de"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"delivery":"onMyBehalf","to":"grace@example.org"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"delivery":"onMyBehalf","to":"grace@example.org","language":"fr","timeZone":"Europe/Paris"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"delivery":"onMyBehalf","to":"grace@example.org","language":"fr","platform":"windows"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"delivery":"defaultMailClient","to":"grace@example.org","language":"fr"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("null", HttpStatusCode.UnprocessableEntity)]
    public async Task IdempotencyKey_RequestIsNotTheSame_IsRefused(string email, HttpStatusCode expected)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        technician.DefaultRequestHeaders.Add("Idempotency-Key", "click");
        using var first = await PostAsync("""{"delivery":"onMyBehalf","to":"grace@example.org","language":"fr"}""");
        first.StatusCode.Should().Be(HttpStatusCode.Created);

        using var answer = await PostAsync(email);

        answer.StatusCode.Should().Be(expected);

        Task<HttpResponseMessage> PostAsync(string invitation) => technician.PostAsync(
            "/rescue/sessions",
            new StringContent($$"""{"customerName":"Grace","email":{{invitation}}}""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation);
    }
}
