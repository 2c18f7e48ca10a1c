using System.Diagnostics;
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

    [Fact]
    public async Task ThousandsOfLanguages_CostNoMoreThanOne()
    {
        await using var product = await TestProduct.StartAsync();
        var letters = Enumerable.Range('a', 26).Select(c => (char)c).ToArray();
        var many = string.Join(",", letters.SelectMany(a => letters.SelectMany(b => letters.Select(c => $"{a}{b}{c}-{c}{a}"))).Take(4000));
        using (await GetAsync(product, "/Customer", many))
        {
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
            (await GetAsync(product, "/Customer", many)).Dispose();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(1));
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
