using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public class LanguageTests
{
    [Theory]
    [InlineData("fr", "fr")]
    [InlineData("FR-ca", "fr")]
    [InlineData("en-GB, fr;q=0.9", "en")]
    [InlineData("ja, fr;q=0.5, en;q=0.4", "fr")]
    [InlineData("de-AT", "de")]
    [InlineData("es-419", "es")]
    [InlineData("ar-EG", "ar")]
    [InlineData("nl-BE, fr;q=0.9", "nl")]
    [InlineData("fr;q=0, en;q=0.1", "en")]
    [InlineData("fr;q=0", "en")]
    [InlineData("ja", "en")]
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
    [InlineData("ja", "fr")]
    [InlineData("en", "en")]
    public async Task Landing_OfAnInvitation_IsInItsLanguage_UnlessTheBrowserAsksForAnother(string? asked, string expected)
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada", email = new { delivery = "defaultMailClient", language = "fr-CA" } }, HttpStatusCode.Created);

        using var answer = await GetAsync(product, new Uri(created.Text("link")).PathAndQuery, asked);

        answer.Content.Headers.ContentLanguage.Should().Equal(expected);
    }

    [Fact]
    public async Task Landing_InArabic_ReadsFromRightToLeft_WithNamesAndPinKeptWhole()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await product.Technician().PostAsync(
            "/rescue/sessions", new { customerName = "Ada Inc.", email = new { delivery = "defaultMailClient", language = "ar" } }, HttpStatusCode.Created);

        using var byLink = await GetAsync(product, new Uri(created.Text("link")).PathAndQuery, null);
        using var byPin = await GetAsync(product, $"/Customer/Code.aspx?Code={created.Text("pin")}", "ar", "Windows NT 10.0");
        using var typed = await GetAsync(product, "/Customer", "ar");

        (await byLink.Content.ReadAsStringAsync(Cancelled)).Should().Contain("<html lang=\"ar\" dir=\"rtl\">").And.Contain("\u2068Ada Inc.\u2069");
        (await byPin.Content.ReadAsStringAsync(Cancelled)).Should().Contain($"dir=\"ltr\">{created.Text("pin")}</span>");
        (await typed.Content.ReadAsStringAsync(Cancelled)).Should().Contain("type=\"text\" dir=\"ltr\"");
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

    private static Task<HttpResponseMessage> GetAsync(TestProduct product, string path, string? asked, string? agent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (asked is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", asked);
        if (agent is not null)
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        return product.Anyone.SendAsync(request, Cancelled);
    }
}
