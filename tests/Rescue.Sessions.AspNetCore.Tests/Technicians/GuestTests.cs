using System.Net;
using System.Text.Json;
using Rescue.Sessions.AspNetCore.Tests.Events;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

public sealed class GuestTests
{
    [Fact]
    public async Task Invite_IsSeenByTechnicians_WithTheLinkOnce()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var path = $"/rescue/sessions/{(await technician.CreateAsync()).Text("id")}";

        var guest = await technician.PostAsync($"{path}/guests", new { name = "Katherine", minutes = 30 }, HttpStatusCode.Created);

        guest.Text("link").Should().StartWith(TestProduct.Base + "guest?k=");
        (guest.Text("name"), guest.Text("state"), guest.GetProperty("invitedBy").Text("id")).Should().Be(("Katherine", "invited", "alice"));
        var listed = (await technician.GetJsonAsync($"{path}/guests")).GetProperty("items")[0];
        listed.TryGetProperty("link", out _).Should().BeFalse();
        listed.GetProperty("expiresAt").GetDateTimeOffset().Should().Be(product.Time.GetUtcNow().AddMinutes(30));
        var session = await technician.GetJsonAsync(path);
        session.GetProperty("guests")[0].Text("id").Should().Be(guest.Text("id"));
        session.GetProperty("history")[1].Text("kind").Should().Be("guestInvited");
        session.GetRawText().Should().NotContain(TokenOf(guest));
    }

    [Fact]
    public async Task Invite_WithMistakes_NamesTheFields()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var path = $"/rescue/sessions/{(await technician.CreateAsync()).Text("id")}/guests";

        var problem = await technician.PostAsync(path, new { name = "", minutes = 0 }, HttpStatusCode.BadRequest);

        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().BeEquivalentTo("name", "minutes");
        (await product.Technician(group: "few").PostAsync(path, new { name = "Eve" }, HttpStatusCode.Forbidden))
            .Texts("missingRights").Should().Equal("inviteGuests");
    }

    [Fact]
    public async Task Visit_FromJoiningToLeaving_SeesThePublicPictureAlone()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var (id, _) = await product.WaitingAsync(technician);
        var guest = await technician.PostAsync($"/rescue/sessions/{id}/guests", new { name = "Katherine" }, HttpStatusCode.Created);

        var joined = await product.Anyone.PostAsync(
            "/guest/join", new { token = TokenOf(guest), name = "Dr Johnson", instance = "browser" }, HttpStatusCode.OK);

        (joined.Text("sessionId"), joined.Text("guestId")).Should().Be((id, guest.Text("id")));
        await using var stream = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", key: joined.Text("guestKey"));
        var first = await StatusAsync(stream);
        (first.Text("status"), first.Text("customerName"), first.Text("guest")).Should().Be(("waiting", "Ada", "joined"));
        first.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo(
            "status", "statusSince", "customerName", "technician", "endReason", "guest", "expiresAt", "handOver");

        var started = await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        var active = await StatusAsync(stream);
        (active.Text("status"), active.Text("technician")).Should().Be(("active", "Name of alice"));
        active.GetProperty("handOver").Text("secret").Should().Be(started.GetProperty("guests")[0].GetProperty("handOver").Text("secret"))
            .And.NotBe(started.GetProperty("handOver").Text("secret"));

        (await product.Anyone.PostAsync($"/guest/{id}/leave", new { foo = 1 }, HttpStatusCode.BadRequest, joined.Text("guestKey"))).Text("code").Should().Be("unknownMember");
        (await product.Anyone.PostAsync($"/guest/{id}/leave", new { }, HttpStatusCode.OK, joined.Text("guestKey"))).Text("guest").Should().Be("left");
        (await StatusAsync(stream)).Text("guest").Should().Be("left");
        (await product.Anyone.PostAsync($"/guest/{id}/leave", null, HttpStatusCode.Gone, joined.Text("guestKey"))).Text("code").Should().Be("visitEnded");
        (await technician.GetJsonAsync($"/rescue/sessions/{id}")).GetProperty("guests")[0].Text("name").Should().Be("Dr Johnson");
    }

    [Fact]
    public async Task Stream_Resumed_TellsTheStatusNow_AndNothingThatItHolds()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, _) = await product.WaitingAsync(technician);
        var (_, key) = await JoinAsync(product, technician, id);
        using var console = await EventReader.OpenAsync(technician, "/rescue/sessions/events");
        string? seen;
        await using (var stream = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", key: key))
            seen = (await stream.NextAsync())!.Value.Id;
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await technician.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        await console.NextAsync("onHold");

        await using var again = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", seen, key);

        (await StatusAsync(again)).Text("status").Should().Be("onHold");
        await technician.PostAsync($"/rescue/sessions/{id}/close", null, HttpStatusCode.OK);
        (await StatusAsync(again)).Text("status").Should().Be("closed");
    }

    /// <summary>It listens already when its node hands over what happened before the guest joined.</summary>
    [Fact]
    public async Task Stream_AtANodeThatIsBehind_TellsWhatIsNewer()
    {
        var (store, feed) = LateFeedStore.Open();
        await using var product = await TestProduct.StartAsync(store: store);
        var technician = product.Technician();
        // Somebody listens, so that the feed reads.
        using var console = await EventReader.OpenAsync(technician, "/rescue/sessions/events");
        var (id, _) = await product.WaitingAsync(technician);
        var (_, key) = await JoinAsync(product, technician, id);
        await feed.Holds;
        await using var stream = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", key: key);
        (await StatusAsync(stream)).Text("status").Should().Be("waiting");

        feed.LetThrough();
        await console.NextAsync("waiting");
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);

        (await StatusAsync(stream)).Text("status").Should().Be("active");
    }

    [Fact]
    public async Task Stream_AtANodeThatIsBehind_TellsNothingThatWasBeforeTheFirstStatus()
    {
        var (store, feed) = LateFeedStore.Open();
        feed.ReadsAnew = true;
        await using var product = await TestProduct.StartAsync(store: store);
        var technician = product.Technician();
        using var console = await EventReader.OpenAsync(technician, "/rescue/sessions/events");
        var (id, _) = await product.WaitingAsync(technician);
        var (_, key) = await JoinAsync(product, technician, id);
        await feed.Holds;
        await technician.PostAsync($"/rescue/sessions/{id}/start", null, HttpStatusCode.OK);
        await technician.PostAsync($"/rescue/sessions/{id}/hold", null, HttpStatusCode.OK);
        await using var stream = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", key: key);
        (await StatusAsync(stream)).Text("status").Should().Be("onHold");
        // What the node hands over then comes with a session that is further on than the status.
        await technician.PostAsync($"/rescue/sessions/{id}/resume", null, HttpStatusCode.OK);

        feed.LetThrough();

        (await StatusAsync(stream)).Text("status").Should().Be("active");
    }

    [Fact]
    public async Task Revoke_EndsTheStreamAtOnce()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, guest, key) = await JoinedAsync(product, technician);
        await using var stream = await OpenStream.OpenAsync(product.Anyone, $"/guest/{id}/events", key: key);
        await StatusAsync(stream);

        var session = await technician.DeleteJsonAsync($"/rescue/sessions/{id}/guests/{guest}");

        session.GetProperty("guests")[0].Text("state").Should().Be("revoked");
        (await StatusAsync(stream)).Text("guest").Should().Be("revoked");
        using var answer = await SendAsync(product.Anyone, $"/guest/{id}/events", key);
        answer.StatusCode.Should().Be(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Revoke_OfNobody_SaysWhetherSessionOrGuestIsMissing()
    {
        await using var product = await TestProduct.StartAsync();
        var technician = product.Technician();
        var (id, guest, _) = await JoinedAsync(product, technician);
        var other = (await technician.CreateAsync()).Text("id");

        foreach (var path in new[] { $"{id}/guests/0123456789abcdef", $"{other}/guests/{guest}" })
        {
            var problem = await technician.DeleteJsonAsync("/rescue/sessions/" + path, HttpStatusCode.NotFound);
            (problem.Text("code"), problem.Text("title")).Should().Be(("guestNotFound", "The session has no such guest."));
        }

        foreach (var unknown in new[] { Guid.NewGuid().ToString("N"), "01" })
            (await technician.DeleteJsonAsync($"/rescue/sessions/{unknown}/guests/{guest}", HttpStatusCode.NotFound)).Text("code").Should().Be("sessionNotFound");
        (await product.Technician("zoe", tenant: "elsewhere").DeleteJsonAsync($"/rescue/sessions/{id}/guests/0123456789abcdef", HttpStatusCode.NotFound))
            .Text("code").Should().Be("sessionNotFound");
    }

    [Fact]
    public async Task Expiry_EndsTheStreamToTheSecond_WithoutASweep()
    {
        await using var product = await TestProduct.StartAsync(asleep: true);
        var technician = product.Technician();
        var (id, _, key) = await JoinedAsync(product, technician);
        using var stream = await EventReader.OpenAsync(product.Anyone, $"/guest/{id}/events", key: key);
        await stream.NextAsync();

        await stream.PassAsync(product.Time, TimeSpan.FromMinutes(10));

        (await stream.NextAsync())!.Value.Text("guest").Should().Be("expired");
    }

    [Fact]
    public async Task Join_ByWhatIsNoToken_IsInvalid()
    {
        await using var product = await TestProduct.StartAsync();

        foreach (var token in new[] { "", "x", new string('0', 26) })
            (await product.Anyone.PostAsync("/guest/join", new { token, name = "Eve" }, HttpStatusCode.NotFound)).Text("code").Should().Be("invalidCode");
        (await product.Anyone.PostAsync("/guest/01/leave", null, HttpStatusCode.Unauthorized)).Text("code").Should().Be("unknownKey");
    }

    private static async Task<(string Id, string Guest, string Key)> JoinedAsync(TestProduct product, HttpClient technician)
    {
        var id = (await technician.CreateAsync()).Text("id");
        var (guest, key) = await JoinAsync(product, technician, id);
        return (id, guest, key);
    }

    private static async Task<(string Guest, string Key)> JoinAsync(TestProduct product, HttpClient technician, string id)
    {
        var guest = await technician.PostAsync($"/rescue/sessions/{id}/guests", new { name = "Katherine", minutes = 10 }, HttpStatusCode.Created);
        var joined = await product.Anyone.PostAsync("/guest/join", new { token = TokenOf(guest), name = "Katherine" }, HttpStatusCode.OK);
        return (guest.Text("id"), joined.Text("guestKey"));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", key);
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonElement> StatusAsync(OpenStream stream)
    {
        while (true)
        {
            var next = await stream.NextAsync() ?? throw new InvalidOperationException("The stream has ended.");
            if (next.Name == "status")
                return next.Data;
        }
    }

    private static string TokenOf(JsonElement guest) => guest.Text("link").Split("k=")[1];
}
