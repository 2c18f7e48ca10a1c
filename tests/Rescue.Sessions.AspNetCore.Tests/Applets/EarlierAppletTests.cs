using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.AspNetCore.Tests.Events;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.AspNetCore.Tests.Applets;

/// <summary>The applet of the version before, by the bytes it was seen to send, and a session that was stored then, with a token of the earlier form.</summary>
public sealed class EarlierAppletTests
{
    private const string Token = "q83vEjRWeJq83vEjRWeJqA";
    private const string RecordedId = "0199f0c3aaaa7bbb8cccddddeeeeffff";
    private const string RecordedKey = "AAECAwQFBgcICQoLDA0ODw";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordedRequests_OfAWholeSession_AreAnsweredAsBefore()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true);
        var stored = await StoreEarlierAsync(product, "618689");

        var joined = await SendAsync(product, "join");
        var id = Member(joined, "sessionId");
        var key = Member(joined, "appletKey");
        var ready = await SendAsync(product, "ready", id, key);
        var events = await SendAsync(product, "events", id, key, until: "\"status\":\"waiting\"");
        var heartbeat = await SendAsync(product, "heartbeat", id, key);
        var left = await SendAsync(product, "leave", id, key);

        id.Should().Be(stored.Id.ToString());
        joined.Should().StartWith("HTTP/1.1 200 ").And.Contain("\"protocol\":1");
        ready.Should().StartWith("HTTP/1.1 200 ").And.Contain("\"status\":\"waiting\"");
        events.Should().StartWith("HTTP/1.1 200 ").And.Contain("Content-Type: text/event-stream").And.Contain("event: status");
        heartbeat.Should().StartWith("HTTP/1.1 200 ");
        left.Should().StartWith("HTTP/1.1 200 ").And.Contain("\"status\":\"closed\"");
    }

    [Fact]
    public async Task SomebodyElse_ComesAsAnEventOfItsOwn_WhichTheEarlierAppletPassesOver()
    {
        await using var product = await TestProduct.StartAsync(overTcp: true, asleep: true);
        var stored = await StoreEarlierAsync(product, "618689");
        var joined = await SendAsync(product, "join");
        var (id, key) = (Member(joined, "sessionId"), Member(joined, "appletKey"));
        await SendAsync(product, "ready", id, key);
        var technician = product.Technician();

        // What tells of the guest may have the session as it is once it has been started.
        var events = await SendAsync(product, "events", id, key, until: "event: status\nid: [0-9]+\ndata: {\"status\":\"active\"", opened: BringSomebodyAsync);

        // It takes what is named status, and nothing else.
        var frames = events.Split("\n\n").Where(frame => frame.Contains("data:", StringComparison.Ordinal)).ToArray();
        frames.Where(frame => frame.Contains("event: status", StringComparison.Ordinal)).Select(frame => Member(frame, "status")).Should().Equal("waiting", "active");
        frames.Should().ContainSingle(frame => frame.Contains("event: guests", StringComparison.Ordinal)).Which.Should().Contain("\"guests\":[\"Dr Johnson\"]");

        async Task BringSomebodyAsync()
        {
            var invited = await technician.PostAsync($"/rescue/sessions/{stored.Id}/guests", new { name = "Katherine" }, HttpStatusCode.Created);
            await product.Anyone.PostAsync("/guest/join", new { token = invited.Text("link").Split("k=")[1], name = "Dr Johnson" }, HttpStatusCode.OK);
            await technician.PostAsync($"/rescue/sessions/{stored.Id}/start", null, HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task EarlierLink_OfAStoredSession_OpensAndIsHandedOnAsItIs()
    {
        await using var product = await TestProduct.StartAsync();
        await StoreEarlierAsync(product, "618689");
        var query = $"?i=2&Code=618689&k={Token}";

        var page = await product.Anyone.GetStringAsync("/Customer/Code.aspx" + query + ".", Ct);
        var archive = await product.Anyone.GetByteArrayAsync("/Customer/applet/linux" + query, Ct);

        page.Should().Contain(WebUtility.HtmlEncode(query));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(archive));
        using var note = new StreamReader(zip.GetEntry("session.link")!.Open());
        // The program of the version before takes this one line and nothing else.
        (await note.ReadToEndAsync(Ct)).Should().Be($"{TestProduct.Base}Customer/Code.aspx{query}\r\n");
    }

    [Fact]
    public async Task EarlierCode_InTheStore_IsOpenedForItsTechnician()
    {
        await using var product = await TestProduct.StartAsync();
        var session = await StoreEarlierAsync(product, "618689123456");

        var seen = await product.Technician().GetJsonAsync($"/rescue/sessions/{session.Id}");

        seen.Text("link").Should().EndWith($"&k={Token}");
        seen.Text("pin").Should().Be("618689123456");
    }

    private static async Task<Session> StoreEarlierAsync(TestProduct product, string pin)
    {
        var store = product.Services.GetRequiredService<ISessionStore>();
        var keys = product.Services.GetRequiredService<SessionSecrets>().Keys;
        var model = await product.Technician().CreateAsync();
        var found = (await store.FindAsync(SessionSelector.ById(SessionId.Parse(model.Text("id"), CultureInfo.InvariantCulture)), Ct))!;
        LinkToken.TryParse(Token, out var token).Should().BeTrue();
        var code = new ConnectionCode(PinCode.Parse(pin), token);
        var session = found.Session with { Id = SessionId.New(product.Time.GetUtcNow()) };
        var stored = found with
        {
            Session = session, PinHashes = keys.Hash(code.Pin), TokenHashes = keys.Hash(token!), SealedCode = code.Seal(keys, session.Id),
        };
        var created = new SessionEvent
        {
            Session = session.Id, Tenant = session.Tenant, At = product.Time.GetUtcNow(), Kind = SessionEventKind.Created, Actor = SessionActor.Technician,
            By = session.CreatedBy, From = SessionStatus.Connecting, To = SessionStatus.Connecting,
        };
        await store.CreateAsync(new(stored, created, []), Ct);
        return session;
    }

    private static async Task<string> SendAsync(TestProduct product, string name, string id = "", string key = "", string until = "", Func<Task>? opened = null)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Applets", "Recorded", name + ".http");
        var request = await File.ReadAllTextAsync(path, Ct);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, product.Anyone.BaseAddress!.Port, Ct);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Replace(RecordedId, id, StringComparison.Ordinal).Replace(RecordedKey, key, StringComparison.Ordinal)), Ct);

        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(answer.ToString(), until))
        {
            var read = await stream.ReadAsync(buffer, Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct);
            if (read == 0)
                break;
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            if (opened is { } act && answer.ToString().Contains("data:", StringComparison.Ordinal))
            {
                opened = null;
                await act();
            }
        }

        return answer.ToString();
    }

    private static bool IsWhole(string answer, string until) =>
        until.Length > 0 ? Regex.IsMatch(answer, until) : answer.Contains("\r\n\r\n", StringComparison.Ordinal) && answer.TrimEnd('\r', '\n', '0').EndsWith('}');

    private static string Member(string answer, string name) => Regex.Match(answer, $"\"{name}\":\"([^\"]+)\"").Groups[1].Value;
}
