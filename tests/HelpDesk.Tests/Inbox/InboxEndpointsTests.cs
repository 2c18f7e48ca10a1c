using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HelpDesk.Inbox;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Inbox;

public sealed class InboxEndpointsTests : IAsyncDisposable
{
    private const string Hostile =
        "From: \"<script>x</script>\" <a@acme.example>\r\nReply-To: r@acme.example\r\nTo: b@example.com\r\nSubject: <b>s</b>\r\n" +
        "Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n" +
        "--x\r\nContent-Type: text/plain\r\n\r\nOpen http://127.0.0.1/Customer <img src=x>\r\n" +
        "--x\r\nContent-Type: text/html\r\n\r\n<p>html<script>alert(1)</script></p>\r\n--x--\r\n";

    private readonly HelpDeskHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Messages_OneCaptured_TellsWhatIsInIt()
    {
        var id = Capture(_host);

        var messages = await _host.Browser().GetFromJsonAsync<JsonElement>("/inbox/messages", Cancellation);

        var message = messages.EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        message.GetProperty("from").GetString().Should().Contain("a@acme.example");
        message.GetProperty("to").GetString().Should().Be("b@example.com");
        message.GetProperty("subject").GetString().Should().Be("<b>s</b>");
        message.GetProperty("text").GetString().Should().StartWith("Open http://127.0.0.1/Customer");
        message.GetProperty("html").GetString().Should().Contain("<p>html");
        message.GetProperty("raw").GetString().Should().Be($"/inbox/{id}/raw");
        message.GetProperty("receivedAt").GetDateTimeOffset().Should().BeAfter(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task Messages_Filtered_LeavesTheOthersOut()
    {
        var before = Capture(_host);
        var messages = _host.Services.GetRequiredService<CapturedMessages>();
        var wanted = messages.Add("a@acme.example", ["Wanted@example.com", "b@example.com"], Encoding.ASCII.GetBytes(Hostile)).Id;

        var byRecipient = await _host.Browser().GetFromJsonAsync<JsonElement>("/inbox/messages?to=wanted@example.com", Cancellation);
        var byArrival = await _host.Browser().GetFromJsonAsync<JsonElement>($"/inbox/messages?after={before}", Cancellation);

        byRecipient.EnumerateArray().Select(item => item.GetProperty("id").GetString()).Should().Equal(wanted);
        byArrival.EnumerateArray().Select(item => item.GetProperty("id").GetString()).Should().Equal(wanted);
    }

    [Fact]
    public async Task Raw_Captured_IsTheMessageItself()
    {
        var id = Capture(_host);

        using var answer = await _host.Browser().GetAsync($"/inbox/{id}/raw", Cancellation);

        answer.Content.Headers.ContentType!.MediaType.Should().Be("message/rfc822");
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be(Hostile);
    }

    [Fact]
    public async Task Html_Captured_IsServedInASandbox()
    {
        var id = Capture(_host);

        using var answer = await _host.Browser().GetAsync($"/inbox/{id}/html", Cancellation);

        answer.Headers.GetValues("Content-Security-Policy").Single().Should()
            .StartWith("sandbox ").And.Contain("default-src 'none'").And.NotContain("allow-scripts").And.NotContain("allow-same-origin");
        answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/{0}")]
    [InlineData("/inbox/{0}?view=text")]
    [InlineData("/inbox/{0}?view=source")]
    public async Task Pages_HostileMessage_ShowItAsText(string path)
    {
        var id = Capture(_host);

        var page = await _host.Browser().GetStringAsync(path.Replace("{0}", id, StringComparison.Ordinal), Cancellation);

        page.Should().Contain("&lt;b&gt;s&lt;/b&gt;");
        page.Should().NotContain("<b>s</b>").And.NotContain("<script>").And.NotContain("<img src=x>");
    }

    [Fact]
    public async Task Text_Address_IsALinkToANewTab()
    {
        var id = Capture(_host);

        var page = await _host.Browser().GetStringAsync($"/inbox/{id}?view=text", Cancellation);

        page.Should().Contain("<a href=\"http://127.0.0.1/Customer\" target=\"_blank\" rel=\"noopener noreferrer\">");
    }

    [Theory]
    [InlineData("/inbox/999999")]
    [InlineData("/inbox/x/html")]
    [InlineData("/inbox/x/raw")]
    public async Task Message_Unknown_IsNotFound(string path)
    {
        using var answer = await _host.Browser().GetAsync(path, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/messages")]
    [InlineData("/inbox/1/raw")]
    public async Task Inbox_OutsideDevelopment_IsNotThere(string path)
    {
        await using var production = new HelpDeskHost("Production");

        using var answer = await production.Browser().GetAsync(path, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static string Capture(HelpDeskHost host) =>
        host.Services.GetRequiredService<CapturedMessages>().Add("a@acme.example", ["b@example.com"], Encoding.ASCII.GetBytes(Hostile)).Id;
}
