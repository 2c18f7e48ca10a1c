using System.Net;
using System.Text.Json;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public class ResendTests
{
    [Fact]
    public async Task Resend_OfADraft_IsADraftWithTheSameLink()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await InviteAsync(technician, "defaultMailClient");

        var again = await technician.PostAsync($"/rescue/sessions/{created.Text("id")}/resend", null, HttpStatusCode.OK);

        again.GetProperty("invitation").Text("state").Should().Be("drafted");
        again.GetProperty("invitation").Text("text").Should().Contain(created.Text("link"));
        again.GetProperty("invitation").Text("mailto").Should().StartWith("mailto:ada@example.org?");
    }

    [Fact]
    public async Task Resend_OfAMailOnBehalf_IsQueuedOnceMore_ByWhoeverAsks()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await InviteAsync(product.Technician(), "onMyBehalf");

        var again = await product.Technician("bob").PostAsync($"/rescue/sessions/{created.Text("id")}/resend", new { }, HttpStatusCode.OK);

        again.GetProperty("invitation").Text("state").Should().Be("queued");
    }

    [Fact]
    public async Task Resend_WithoutTheRights_NamesThem()
    {
        await using var product = await TestProduct.StartAsync();
        var created = await InviteAsync(product.Technician(), "onMyBehalf");

        var problem = await product.Technician(group: "few").PostAsync($"/rescue/sessions/{created.Text("id")}/resend", null, HttpStatusCode.Forbidden);

        problem.Texts("missingRights").Should().Equal("emailConnection", "emailOnBehalf");
    }

    [Fact]
    public async Task Resend_ToOneAddressTooOften_Is429()
    {
        await using var product = await TestProduct.StartAsync(options => options.Invitations.RecipientLimit = 2);
        var technician = product.Technician();
        var created = await InviteAsync(technician, "onMyBehalf");
        var path = $"/rescue/sessions/{created.Text("id")}/resend";
        await technician.PostAsync(path, null, HttpStatusCode.OK);

        using var answer = await technician.PostAsync(path, null, TestContext.Current.CancellationToken);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.Should().BePositive();
    }

    [Theory]
    [InlineData("pin")]
    [InlineData("joined")]
    [InlineData("revoked")]
    [InlineData("expired")]
    public async Task Resend_OfACodeThatIsNotLiveOrWasNeverMailed_Is409WithWhatIsPermitted(string what)
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = what == "pin" ? await technician.CreateAsync() : await InviteAsync(technician, "defaultMailClient");
        var path = $"/rescue/sessions/{created.Text("id")}";
        if (what == "joined")
            await product.Anyone.JoinAsync(created);
        if (what == "revoked")
            await technician.PostAsync($"{path}/revoke", null, HttpStatusCode.OK);
        if (what == "expired")
            product.Time.Advance(TimeSpan.FromMinutes(20));

        var problem = await technician.PostAsync($"{path}/resend", null, HttpStatusCode.Conflict);

        problem.Text("sessionStatus").Should().Be(what is "pin" or "joined" ? "connecting" : "closed");
        problem.GetProperty("permitted").ValueKind.Should().Be(JsonValueKind.Array);
    }

    [Fact]
    public async Task Verbs_OfAClosedSession_Are409_AndItStaysReadable()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.CreateAsync();
        var path = $"/rescue/sessions/{created.Text("id")}";
        (await technician.PostAsync($"{path}/close", null, HttpStatusCode.OK)).Text("endReason").Should().Be("byTechnician");

        foreach (var verb in (string[])["start", "hold", "resume", "reboot", "close", "revoke", "resend", "transfer/accept"])
        {
            var problem = await technician.PostAsync($"{path}/{verb}", null, HttpStatusCode.Conflict);
            problem.Text("sessionStatus").Should().Be("closed");
            problem.Texts("permitted").Should().BeEmpty();
        }

        var session = await technician.GetJsonAsync(path);
        session.GetProperty("history").EnumerateArray().Select(entry => entry.Text("kind")).Should().Equal("created", "transition");
        session.TryGetProperty("pin", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Resend_OfAMessageInTheCustomersZone_SaysTheSameTime()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await technician.PostAsync(
            "/rescue/sessions",
            new { customerName = "Ada", email = new { delivery = "defaultMailClient", language = "de", timeZone = "Asia/Kolkata" } },
            HttpStatusCode.Created);

        var again = await technician.PostAsync($"/rescue/sessions/{created.Text("id")}/resend", null, HttpStatusCode.OK);

        created.GetProperty("invitation").Text("text").Should().Contain("17:50 (UTC+05:30)");
        again.GetProperty("invitation").Text("text").Should().Contain("17:50 (UTC+05:30)");
        again.GetProperty("invitation").Text("timeZone").Should().Be("Asia/Kolkata");
    }

    [Fact]
    public async Task Resend_ByATechnicianWithAWrongAddress_Is400_AndTheFirstMessageStands()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var created = await InviteAsync(technician, "defaultMailClient");
        var path = $"/rescue/sessions/{created.Text("id")}";
        var before = (await technician.GetJsonAsync(path)).GetProperty("version").GetInt64();

        var problem = await product.Technician("bob at home").PostAsync($"{path}/resend", null, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").GetProperty("technician.email")[0].GetString().Should().Contain("sign-in");
        (await technician.GetJsonAsync(path)).GetProperty("version").GetInt64().Should().Be(before);
    }

    private static Task<JsonElement> InviteAsync(HttpClient technician, string delivery) => technician.PostAsync(
        "/rescue/sessions", new { customerName = "Ada", email = new { delivery, to = "ada@example.org" } }, HttpStatusCode.Created);
}
