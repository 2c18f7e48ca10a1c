using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Customers;

public sealed class GuestPageTests
{
    [Fact]
    public async Task Page_OfALink_SaysWhoAsks_AndJoinsNobody()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync("Grace <Hopper>");
        var guest = await InviteAsync(technician, created);

        foreach (var method in (string[])["GET", "HEAD", "GET"])
        {
            using var answer = await SendAsync(product.Anyone, method, guest.Text("link"));
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
            answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'").And.Contain("script-src 'self'");
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            page.Should().NotContain(created.Text("pin")).And.NotContain(Requests.TokenOf(created));
            if (method == "GET")
                page.Should().Contain("data-problem=\"foreignOrigin\"").And.Contain("data-problem=\"tooMany\"").And.Contain("Name of alice of Acme &amp; Sons").And.Contain("Grace &lt;Hopper&gt;").And.Contain("name=\"name\"").And.NotContain("id=\"safety\"");
        }

        (await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).GetProperty("guests")[0].Text("state").Should().Be("invited");
    }

    [Fact]
    public async Task Page_InFrench_SpeaksFrench()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var guest = await InviteAsync(technician, await technician.CreateAsync());

        using var answer = await SendAsync(product.Anyone, "GET", guest.Text("link"), "fr");

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain("Participer à une session");
    }

    [Fact]
    public async Task Page_AfterTheVisit_SaysSo()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var guest = await InviteAsync(technician, created);
        await technician.DeleteJsonAsync($"/rescue/sessions/{created.Text("id")}/guests/{guest.Text("id")}");

        using var answer = await SendAsync(product.Anyone, "GET", guest.Text("link"));

        answer.StatusCode.Should().Be(HttpStatusCode.Gone);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain("Your visit is over").And.NotContain("Ada");
    }

    [Theory]
    [InlineData("/guest")]
    [InlineData("/guest?k=nonsense")]
    [InlineData("/guest?k=00000000000000000000000000")]
    public async Task Page_OfNoLink_TellsNothing(string path)
    {
        await using var product = await TestProduct.StartAsync();

        using var answer = await SendAsync(product.Anyone, "GET", path);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Customer_IsToldWhoTakesPart()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var (id, key) = await product.Anyone.JoinAsync(created);
        var guest = await InviteAsync(technician, created);
        await using var stream = await OpenStream.OpenAsync(product.Anyone, $"/applet/{id}/events", key: key);
        (await stream.NextAsync())!.Value.Data.GetProperty("guests").ValueKind.Should().Be(JsonValueKind.Null);

        var joined = await product.Anyone.PostAsync("/guest/join", new { token = guest.Text("link").Split("k=")[1], name = "Dr Johnson" }, HttpStatusCode.OK);
        await NextGuestsAsync(stream, "Dr Johnson");
        (await product.Anyone.PostAsync($"/applet/{id}/heartbeat", null, HttpStatusCode.OK, key)).Texts("guests").Should().Equal("Dr Johnson");

        await product.Anyone.PostAsync($"/guest/{id}/leave", null, HttpStatusCode.OK, joined.Text("guestKey"));
        await NextGuestsAsync(stream);
    }

    private static async Task NextGuestsAsync(OpenStream stream, params string[] names)
    {
        while (true)
        {
            var (name, _, data) = (await stream.NextAsync())!.Value;
            if (name != "guests")
                continue;
            var guests = data.GetProperty("guests");
            (guests.ValueKind == JsonValueKind.Null ? [] : data.Texts("guests")).Should().Equal(names);
            return;
        }
    }

    private static Task<JsonElement> InviteAsync(HttpClient technician, JsonElement created) =>
        technician.PostAsync($"/rescue/sessions/{created.Text("id")}/guests", new { name = "Katherine" }, HttpStatusCode.Created);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string address, string? language = null)
    {
        var request = new HttpRequestMessage(new(method), address.StartsWith('/') ? address : new Uri(address).PathAndQuery);
        if (language is not null)
            request.Headers.AcceptLanguage.ParseAdd(language);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
