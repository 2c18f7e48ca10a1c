using System.Net;
using Rescue.Sessions.AspNetCore.Tests.Webhooks;

namespace Rescue.Sessions.AspNetCore.Tests.Problems;

/// <summary>Every route that has pages reads how long they are in one way.</summary>
public sealed class PageLimitTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("%2B5")]
    [InlineData("%205")]
    [InlineData("1001")]
    [InlineData("99999999999")]
    public async Task Limit_ThatIsNone_Is400AndSaysWhatItMayBe(string limit)
    {
        await using var product = await WebhookProduct.StartAsync();

        foreach (var (path, most) in await RoutesAsync(product))
        {
            var problem = await product.Alice.GetJsonAsync($"{path}?limit={limit}", HttpStatusCode.BadRequest);

            problem.GetProperty("errors").GetProperty("limit").EnumerateArray().Should().ContainSingle()
                .Which.GetString().Should().Be($"'limit' must be a number from 1 to {most}.", path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?limit=")]
    [InlineData("?limit=1")]
    [InlineData("?limit={0}")]
    public async Task Limit_ThatIsOneOrLeftOutOrEmpty_IsAnswered(string query)
    {
        await using var product = await WebhookProduct.StartAsync();

        foreach (var (path, most) in await RoutesAsync(product))
            await product.Alice.GetJsonAsync(path + string.Format(null, query, most));
    }

    [Theory]
    [InlineData("after")]
    [InlineData("before")]
    public async Task PageBefore_LeftEmpty_IsTheFirstPage(string name)
    {
        await using var product = await WebhookProduct.StartAsync();

        foreach (var (path, _) in await RoutesAsync(product))
            await product.Alice.GetJsonAsync($"{path}?{name}=");
    }

    private static async Task<(string Path, int Most)[]> RoutesAsync(WebhookProduct product)
    {
        var webhook = await product.Alice.PostAsync(WebhookProduct.WebhooksPath, new { url = "https://crm.example/" }, HttpStatusCode.Created);
        return [("/rescue/sessions", 200), ("/rescue/settings/history", 1000), ($"{WebhookProduct.WebhooksPath}/{webhook.Text("id")}/deliveries", 500)];
    }
}
