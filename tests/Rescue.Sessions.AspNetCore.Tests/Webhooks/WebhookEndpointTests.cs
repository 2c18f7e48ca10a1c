using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Settings;
using static Rescue.Sessions.AspNetCore.Tests.Webhooks.WebhookProduct;

namespace Rescue.Sessions.AspNetCore.Tests.Webhooks;

public sealed class WebhookEndpointTests
{
    private const string Url = "https://crm.example/rescue?tenant=7";

    [Fact]
    public async Task Post_New_AnswersWithItsSecretThisOnce()
    {
        await using var product = await StartAsync();

        var made = await product.Alice.PostAsync(WebhooksPath, new { url = Url, description = "our CRM", types = (string[])["session.closed"] }, HttpStatusCode.Created);

        made.Text("secret").Should().MatchRegex("^whsec_[A-Za-z0-9+/]{43}=$");
        made.Text("url").Should().Be(Url);
        made.Text("description").Should().Be("our CRM");
        made.Texts("types").Should().Equal("session.closed");
        made.GetProperty("enabled").GetBoolean().Should().BeTrue();
        var id = made.Text("id");
        var found = await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}");
        found.TryGetProperty("secret", out _).Should().BeFalse();
        var list = await product.Alice.GetJsonAsync(WebhooksPath);
        list.GetProperty("webhooks").EnumerateArray().Should().ContainSingle().Which.Text("id").Should().Be(id);
        list.Texts("types").Should().Contain("session.created").And.Contain("session.closed");
        var saved = await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { description = "the CRM" });
        saved.TryGetProperty("secret", out _).Should().BeFalse();
        (await product.Product.Services.GetRequiredService<ISettingsStore>().FindAllAsync("acme", TestContext.Current.CancellationToken))
            .Should().ContainSingle().Which.Value.Should().NotContain(made.Text("secret")["whsec_".Length..]);
    }

    [Fact]
    public async Task Put_WhatIsLeftOut_Stays()
    {
        await using var product = await StartAsync();
        var id = (await product.Alice.PostAsync(WebhooksPath, new { url = Url, description = "our CRM", types = (string[])["session.closed"] }, HttpStatusCode.Created)).Text("id");

        var saved = await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { enabled = false });

        (saved.Text("url"), saved.Text("description"), saved.GetProperty("enabled").GetBoolean()).Should().Be((Url, "our CRM", false));
        saved = await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { description = (string?)null, types = (string[]?)null, url = "https://other.example/" });
        saved.GetProperty("description").ValueKind.Should().Be(JsonValueKind.Null);
        saved.Texts("types").Should().BeEmpty();
        (saved.Text("url"), saved.GetProperty("enabled").GetBoolean()).Should().Be(("https://other.example/", false));
        (await product.Alice.PutAsync($"{WebhooksPath}/{id}", new { }, HttpStatusCode.BadRequest)).Text("code").Should().Be("missingMember");
    }

    [Theory]
    [InlineData("""{"url":"http://127.0.0.1/"}""", "url", "invalidRequest")]
    [InlineData("""{"url":"https://10.0.0.1/"}""", "url", "invalidRequest")]
    [InlineData("""{"url":"https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/"}""", "url", "invalidRequest")]
    [InlineData("""{"description":"without address"}""", "url", "invalidRequest")]
    [InlineData("""{"url":"https://crm.example/","types":["session.close"]}""", "types[0]", "invalidRequest")]
    [InlineData("""{"url":"https://crm.example/","types":[null]}""", "types[0]", "invalidRequest")]
    [InlineData("""{"url":"https://crm.example/","type":[]}""", "type", "unknownMember")]
    [InlineData("""{"url":"https://crm.example/","enabled":"yes"}""", "enabled", "invalidRequest")]
    public async Task Post_WithAMistake_NamesTheField(string body, string field, string code)
    {
        await using var product = await StartAsync(options => (options.AllowHttp, options.AllowPrivateAddresses) = (false, false));

        var refusal = await product.Alice.PostRawAsync(WebhooksPath, body, HttpStatusCode.BadRequest);

        refusal.Text("code").Should().Be(code);
        refusal.GetProperty("errors").TryGetProperty(field, out _).Should().BeTrue(refusal.ToString());
    }

    [Fact]
    public async Task Post_MoreThanTheLimit_IsRefused_EvenAtOnce()
    {
        await using var product = await StartAsync(options => options.PerTenant = 3);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var content = new StringContent($$"""{"url":"{{Url}}"}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await product.Alice.PostAsync(WebhooksPath, content, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }));

        statuses.Count(status => status == HttpStatusCode.Created).Should().Be(3);
        statuses.Count(status => status == HttpStatusCode.Conflict).Should().Be(5);
        (await product.Alice.PostAsync(WebhooksPath, new { url = Url }, HttpStatusCode.Conflict)).Text("code").Should().Be("webhookLimit");
        await product.Product.Technician(tenant: "other").PostAsync(WebhooksPath, new { url = Url }, HttpStatusCode.Created);
    }

    [Fact]
    public async Task Test_TooOften_Is429WithRetryAfter()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.closed");
        for (var times = 0; times < 30; times++)
            await product.Alice.PostAsync($"{WebhooksPath}/{id}/test", null, HttpStatusCode.OK);

        using var answer = await product.Alice.PostAsync($"{WebhooksPath}/{id}/test", null, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
        receiver.Messages.Should().HaveCount(30);
    }

    [Fact]
    public async Task Routes_WithoutTheRight_AreForbidden_AndOtherTenantsFindNothing()
    {
        await using var product = await StartAsync();
        var id = (await product.Alice.PostAsync(WebhooksPath, new { url = Url }, HttpStatusCode.Created)).Text("id");
        var few = product.Product.Technician(group: "few");
        var stranger = product.Product.Technician(tenant: "other");

        await few.GetJsonAsync(WebhooksPath, HttpStatusCode.Forbidden);
        await few.PostAsync(WebhooksPath, new { url = Url }, HttpStatusCode.Forbidden);
        foreach (var (client, expected, code) in ((HttpClient, HttpStatusCode, string)[])[(few, HttpStatusCode.Forbidden, "missingRights"), (stranger, HttpStatusCode.NotFound, "webhookNotFound")])
        {
            (await client.GetJsonAsync($"{WebhooksPath}/{id}", expected)).Text("code").Should().Be(code);
            (await client.PutAsync($"{WebhooksPath}/{id}", new { enabled = false }, expected)).Text("code").Should().Be(code);
            (await client.DeleteJsonAsync($"{WebhooksPath}/{id}", expected)).Text("code").Should().Be(code);
            (await client.PostAsync($"{WebhooksPath}/{id}/rotate", null, expected)).Text("code").Should().Be(code);
            (await client.PostAsync($"{WebhooksPath}/{id}/test", null, expected)).Text("code").Should().Be(code);
            (await client.GetJsonAsync($"{WebhooksPath}/{id}/deliveries", expected)).Text("code").Should().Be(code);
            await client.PostAsync($"{WebhooksPath}/{id}/deliveries/1/replay", null, expected);
        }

        (await stranger.GetJsonAsync(WebhooksPath)).GetProperty("webhooks").EnumerateArray().Should().BeEmpty();
        (await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}")).GetProperty("enabled").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task Replay_OfNoDelivery_IsNotFound(string delivery)
    {
        await using var product = await StartAsync();
        var id = (await product.Alice.PostAsync(WebhooksPath, new { url = Url }, HttpStatusCode.Created)).Text("id");

        (await product.Alice.PostAsync($"{WebhooksPath}/{id}/deliveries/{delivery}/replay", null, HttpStatusCode.NotFound)).Text("code").Should().Be("deliveryNotFound");
    }

    [Fact]
    public async Task Deliveries_PageByPage_AreTheLatestFirst()
    {
        await using var product = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await product.AddAsync(receiver, "session.created");
        for (var i = 0; i < 5; i++)
            await product.Alice.CreateAsync();
        await product.UntilAsync(async () => (await product.LogAsync(id)).Length == 5);

        var page = await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}/deliveries?limit=3");
        var rest = await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}/deliveries?limit=3&before={page.Text("next")}");

        var ids = ((JsonElement[])[page, rest]).SelectMany(part => part.GetProperty("deliveries").EnumerateArray()).Select(item => long.Parse(item.Text("id"), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        ids.Should().HaveCount(5).And.BeInDescendingOrder().And.OnlyHaveUniqueItems();
        rest.GetProperty("next").ValueKind.Should().Be(JsonValueKind.Null);
        foreach (var query in (string[])["limit=0", "limit=501", "limit=x", "before=x"])
            (await product.Alice.GetJsonAsync($"{WebhooksPath}/{id}/deliveries?{query}", HttpStatusCode.BadRequest)).Text("code").Should().Be("invalidRequest");
    }

    [Fact]
    public async Task Routes_OfAProductWithoutWebhooks_AreNotThere()
    {
        await using var product = await TestProduct.StartAsync();

        await product.Technician().GetJsonAsync(WebhooksPath, HttpStatusCode.NotFound);
    }
}
