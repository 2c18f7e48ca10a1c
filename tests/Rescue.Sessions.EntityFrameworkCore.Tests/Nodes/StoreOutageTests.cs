using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>While the database is away every door says so, and nothing needs a restart when it is back.</summary>
public sealed class StoreOutageTests : IDisposable
{
    private readonly SqliteEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Requests_WhileTheDatabaseIsAway_Answer503AndWorkAgainAfterwards()
    {
        await using var node = await Node.StartAsync(engine, options => options.Guessing.PerAddress = 2);
        var (session, link) = await node.CreateAsync();
        var (active, key) = await node.ActiveAsync();

        TakeAway();
        Func<HttpRequestMessage>[] requests =
        [
            () => new(HttpMethod.Get, "/rescue/sessions"),
            () => new(HttpMethod.Get, $"/rescue/sessions/{session.Id}"),
            () => Post("/rescue/sessions", new { customerName = "Ada" }),
            () => Post($"/rescue/sessions/{session.Id}/revoke", new { }),
            () => new(HttpMethod.Put, "/rescue/presence") { Content = JsonContent.Create(new { presence = "busy" }) },
            () => Post("/applet/join", new { pin = link.Pin.Digits }),
            () => Post("/applet/join", new { token = link.Token!.Text }),
            () => Authorized(new(HttpMethod.Post, $"/applet/{active}/heartbeat"), key.Text),
            () => Authorized(new(HttpMethod.Get, $"/applet/{active}/events"), key.Text),
        ];
        foreach (var request in requests)
        {
            using var answer = await SendAsync(node, request());
            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, answer.RequestMessage!.RequestUri!.AbsolutePath);
            answer.Headers.RetryAfter.Should().NotBeNull();
            answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
            (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("The store is out of reach.").And.NotContain("Exception");
        }

        PutBack();
        using var found = await SendAsync(node, new(HttpMethod.Get, $"/rescue/sessions/{session.Id}"));
        found.StatusCode.Should().Be(HttpStatusCode.OK);
        using var joined = await SendAsync(node, Post("/applet/join", new { pin = link.Pin.Digits }));
        joined.StatusCode.Should().Be(HttpStatusCode.OK, "no guess was counted for what nobody looked at");
    }

    [Fact]
    public async Task CustomerPages_WhileTheDatabaseIsAway_SayItInTheCustomersLanguage()
    {
        await using var node = await Node.StartAsync(engine);
        var (_, link) = await node.CreateAsync();

        TakeAway();
        Func<HttpRequestMessage>[] requests = [() => new(HttpMethod.Get, link.ToUri().PathAndQuery), TypedPin];
        foreach (var request in requests)
        {
            using var answer = await SendAsync(node, request());
            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.Should().NotBeNull();
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Contain("<html lang=\"fr\"").And.Contain("Veuillez réessayer");
        }

        PutBack();
        using var right = await SendAsync(node, TypedPin());
        right.StatusCode.Should().Be(HttpStatusCode.SeeOther);

        HttpRequestMessage TypedPin() => new(HttpMethod.Post, "/Customer") { Content = new FormUrlEncodedContent([new("Code", link.Pin.Digits)]) };
    }

    [Fact]
    public async Task StreamAndPump_ThroughAnOutage_GoOnByThemselves()
    {
        var (mailbox, log) = (new Mailbox(), new LoggedEvents());
        await using var node = await Node.StartAsync(engine, handler: mailbox, log: log);
        await node.CreateAsync();
        await using var stream = await node.Http.GetStreamAsync("/rescue/sessions/events", Cancellation);
        using var lines = new StreamReader(stream);
        (await lines.ReadLineAsync(Cancellation)).Should().Be(": open");

        TakeAway();
        using (var away = await SendAsync(node, new(HttpMethod.Get, "/rescue/sessions")))
            away.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await Eventually.HoldsAsync(() => log.HaveAll(LoggedEvents.StreamsWait, LoggedEvents.SweepFailed, LoggedEvents.PumpFailed));
        PutBack();
        var (session, link) = await node.InviteAsync();

        string? line;
        do
            line = await lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        while (line?.Contains(session.Id.ToString(), StringComparison.Ordinal) == false);
        line.Should().NotBeNull("the stream has outlasted the outage");
        await Eventually.HoldsAsync(() => mailbox.Messages.Contains(link.ToUri().AbsoluteUri));
        await node.Customers.JoinAsync(link.Token!, "one", Cancellation);
        await node.Customers.JoinAsync(link.Token!, "two", Cancellation);
        await Eventually.HoldsAsync(async () => (await node.Directory.FindDetailsAsync(Node.Ada, session.Id, Cancellation))!.History
            .Events.Any(e => e.Kind == Lifecycle.SessionEventKind.CodeTried));
    }

    [Fact]
    public async Task TypedPin_ThatCouldNotBeLookedAt_CostsNoGuess()
    {
        await using var node = await Node.StartAsync(engine, options => options.Guessing.PerAddress = 1);
        var attempt = new PinAttempt(PinCode.Parse("000000"), IPAddress.Loopback);
        var look = () => node.Customers.LookUpAsync(attempt, Cancellation).AsTask();

        // The limits are within reach, and the codes are not.
        await ExecuteAsync("ALTER TABLE rescue_code RENAME TO elsewhere");
        for (var i = 0; i < 3; i++)
            await look.Should().ThrowAsync<SessionStoreException>();
        await ExecuteAsync("ALTER TABLE elsewhere RENAME TO rescue_code");

        (await look()).Should().BeOfType<CodeLookup.BadCode>();
        (await look()).Should().BeOfType<CodeLookup.Refused>();

        async Task ExecuteAsync(string sql)
        {
            await using var context = engine.OpenContext();
            await context.Database.ExecuteSqlRawAsync(sql, Cancellation);
        }
    }

    private static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };

    private static HttpRequestMessage Authorized(HttpRequestMessage request, string key)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static Task<HttpResponseMessage> SendAsync(Node node, HttpRequestMessage request)
    {
        request.Headers.AcceptLanguage.ParseAdd("fr");
        return node.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    private void TakeAway() => File.Move(engine.File, engine.File + ".away");

    private void PutBack() => File.Move(engine.File + ".away", engine.File);
}
