using System.Net;

namespace Rescue.Sessions.AspNetCore.Tests.Customers.Declining;

/// <summary>"I did not ask for this": only a typed PIN ends the session, and it tells no more than the door for typed PINs.</summary>
public class DeclineTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TypedPin_EndsTheSessionAsDeclined_AndTheTechnicianIsTold(bool withLink)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        await using var events = await OpenStream.OpenAsync(technician, "/rescue/sessions/events", "0");
        (await events.NextAsync())!.Value.Data.Text("kind").Should().Be("created");

        using var answer = await SubmitAsync(product, withLink ? new Uri(created.Text("link")).Query : "", created.Text("pin"));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Cancelled)).Should().Contain("Thank you");
        var told = (await events.NextAsync())!.Value;
        told.Data.Text("trigger").Should().Be("decline");
        told.Data.Text("detail").Should().Be(CustomerSessions.NotAskedFor);
        var session = await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}");
        session.Text("status").Should().Be("closed");
        session.Text("endReason").Should().Be("declined");
        session.GetProperty("history").EnumerateArray().Last().Text("detail").Should().Be(CustomerSessions.NotAskedFor);
        await product.Anyone.PostAsync("/applet/join", new { token = Requests.TokenOf(created) }, HttpStatusCode.Gone);
        await product.Anyone.PostAsync("/applet/join", new { pin = created.Text("pin") }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_SaysWhoInvited_AndChangesNothing()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var before = await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled);

        var page = await product.Anyone.GetStringAsync("/Customer/decline" + new Uri(created.Text("link")).Query, Cancelled);

        page.Should().Contain("Name of alice").And.Contain("name=\"Code\"").And.NotContain("value=\"").And.NotContain("<script");
        (await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled)).Should().Be(before);
    }

    [Fact]
    public async Task ButtonWithoutPin_ChangesNothing()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var before = await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled);
        var query = new Uri(created.Text("link")).Query;

        foreach (var form in (KeyValuePair<string, string>[][])[[], [new("Code", "")], [new("Pin", created.Text("pin"))], [new("Code", " ")]])
        {
            using var answer = await product.Anyone.PostAsync("/Customer/decline" + query, new FormUrlEncodedContent(form), Cancelled);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        (await technician.GetStringAsync($"/rescue/sessions/{created.Text("id")}", Cancelled)).Should().Be(before);
    }

    [Fact]
    public async Task EveryPinThatDoesNotWork_GetsTheSameBytes()
    {
        await using var product = await TestProduct.StartAsync(options => options.Guessing.PerAddress = options.Guessing.PerTenant = options.Guessing.Overall = 0);
        var technician = product.Technician();
        var used = await technician.CreateAsync();
        await product.Anyone.JoinAsync(used);
        var revoked = await technician.CreateAsync();
        await technician.PostAsync($"/rescue/sessions/{revoked.Text("id")}/revoke", null, HttpStatusCode.OK);
        var declined = await technician.CreateAsync();
        (await SubmitAsync(product, "", declined.Text("pin"))).StatusCode.Should().Be(HttpStatusCode.OK);

        var answers = new HashSet<string>();
        foreach (var pin in (string[])[used.Text("pin"), revoked.Text("pin"), declined.Text("pin"), "0000000", "12345", "abc", "", "<b>"])
        {
            using var answer = await SubmitAsync(product, "", pin);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
            answers.Add(await answer.Content.ReadAsStringAsync(Cancelled));
        }

        answers.Should().ContainSingle();
        (await technician.GetJsonAsync($"/rescue/sessions/{used.Text("id")}")).Text("status").Should().Be("connecting");
    }

    [Fact]
    public async Task Guesses_AreCountedWithThoseOfTheOtherDoors_AndLinksGoOnWorking()
    {
        await using var product = await TestProduct.StartAsync(options => options.Guessing.PerAddress = 3);
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var linked = await technician.CreateAsync();
        await product.Anyone.PostAsync("/applet/join", new { pin = "0000000" }, HttpStatusCode.NotFound);
        using var page = await product.Anyone.PostAsync("/Customer", new FormUrlEncodedContent([new("Code", "0000000")]), Cancelled);
        (await SubmitAsync(product, "", "0000000")).StatusCode.Should().Be(HttpStatusCode.NotFound);

        using var right = await SubmitAsync(product, "", created.Text("pin").PadLeft(7, '0'));
        using var foreign = await SubmitAsync(product, new Uri(linked.Text("link")).Query, "0000001");
        using var link = await SubmitAsync(product, new Uri(linked.Text("link")).Query, linked.Text("pin"));

        right.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        right.Headers.RetryAfter.Should().NotBeNull();
        foreign.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        link.StatusCode.Should().Be(HttpStatusCode.OK);
        (await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).Text("status").Should().Be("connecting");
    }

    [Fact]
    public async Task WhatIsUnderWay_IsNotDeclinedByWhoeverKnowsTheLink()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        await product.Anyone.JoinAsync(created);
        var query = new Uri(created.Text("link")).Query;

        (await product.Anyone.GetAsync("/Customer/decline" + query, Cancelled)).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await SubmitAsync(product, query, created.Text("pin"))).StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).Text("status").Should().Be("connecting");
    }

    [Fact]
    public async Task Page_OfAnotherSite_CannotDecline()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Customer/decline") { Content = new FormUrlEncodedContent([new("Code", created.Text("pin"))]) };
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await product.Anyone.SendAsync(request, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await technician.GetJsonAsync($"/rescue/sessions/{created.Text("id")}")).Text("status").Should().Be("connecting");
    }

    /// <summary>The organisation has no address of its own, so that its customers' pages are on the product's.</summary>
    [Theory]
    [InlineData("right", HttpStatusCode.OK)]
    [InlineData("typed", HttpStatusCode.OK)]
    [InlineData("wrong", HttpStatusCode.NotFound)]
    [InlineData("none", HttpStatusCode.NotFound)]
    [InlineData("long", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("over", HttpStatusCode.Gone)]
    [InlineData("used", HttpStatusCode.Conflict)]
    public async Task Answer_IsInTheNameAndLanguageOfWhoeverTheLinkIsFrom(string typed, HttpStatusCode expected)
    {
        await using var product = await TestProduct.StartAsync(options =>
        {
            options.Organization.Name = "The product";
            options.Organizations["globex"] = new() { Name = "Globex & Fils", SenderAddress = "aide@globex.example", Phone = "+33 (0)1 23 45 67 89", Languages = { "fr" } };
        });
        var created = await product.Technician(tenant: "globex").CreateAsync();
        var query = new Uri(created.Text("link")).Query;
        if (typed == "used")
            await product.Anyone.JoinAsync(created);
        if (typed == "over")
            product.Time.Advance(TimeSpan.FromHours(1));
        var pin = typed switch { "wrong" => created.Text("pin") == "123456" ? "654321" : "123456", "none" => "no PIN", "long" => new('1', 100_000), _ => created.Text("pin") };

        using var answer = await SubmitAsync(product, typed == "typed" ? "" : query, pin);

        answer.StatusCode.Should().Be(expected);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
        page.Should().Contain("<bdi>Globex & Fils</bdi>").And.Contain("<html lang=\"fr\"").And.Contain("tel:+330123456789")
            .And.NotContain("The product").And.NotContain("support@example.org");
        if (typed is "over" or "used")
            page.Should().Contain("mailto:aide@globex.example?").And.Contain("Name of alice");
    }

    private static Task<HttpResponseMessage> SubmitAsync(TestProduct product, string query, string pin) =>
        product.Anyone.PostAsync("/Customer/decline" + query, new FormUrlEncodedContent([new("Code", pin)]), Cancelled);
}
