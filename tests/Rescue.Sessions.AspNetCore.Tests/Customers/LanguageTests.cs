using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public class LanguageTests
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("FR-ca", "fr")]
    [InlineData("en-GB, fr;q=0.9", "en")]
    [InlineData("de, fr;q=0.5, en;q=0.4", "fr")]
    [InlineData("fr;q=0, en;q=0.1", "en")]
    [InlineData("fr;q=0", "en")]
    [InlineData("de", "en")]
    [InlineData("*", "en")]
    [InlineData("", "en")]
    [InlineData("-, --, fr-, 12, \u00e9, ;q=, fr;q=x", "en")]
    [InlineData("xx-yy-zz-fr", "en")]
    [InlineData("frr", "en")]
    public async Task Page_IsInTheFirstLanguageAskedForThatIsThere(string asked, string expected)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await GetAsync(product, "/Customer", asked);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentLanguage.Should().Equal(expected);
        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().Contain($"<html lang=\"{expected}\"");
    }

    [Theory]
    [InlineData(null, "fr")]
    [InlineData("de", "fr")]
    [InlineData("en", "en")]
    public async Task Landing_OfAnInvitation_IsInItsLanguage_UnlessTheBrowserAsksForAnother(string? asked, string expected)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", language = "fr-CA" } }, HttpStatusCode.Created);

        using var answer = await GetAsync(product, new Uri(created.Text("link")).PathAndQuery, asked);

        answer.Content.Headers.ContentLanguage.Should().Equal(expected);
    }

    // Each costs the server a search, and anybody can ask for thousands.
    [Theory]
    [InlineData(9, "fr")]
    [InlineData(10, "en")]
    public async Task Languages_BeyondTheTenth_AreNotLookedUp(int before, string expected)
    {
        await using var product = await TestProduct.StartAsync();
        var asked = string.Join(",", Enumerable.Range(0, before).Select(i => $"x{(char)('a' + i)}").Append("fr"));

        using var answer = await GetAsync(product, "/Customer", asked);

        answer.Content.Headers.ContentLanguage.Should().Equal(expected);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> GetAsync(TestProduct product, string path, string? asked)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (asked is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", asked);
        return product.Anyone.SendAsync(request, Cancelled);
    }
}
