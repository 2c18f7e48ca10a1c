using System.Globalization;
using System.Net;
using Npgsql;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>Two nodes on one PostgreSQL database are one service.</summary>
public sealed class ManyNodesTests : IDisposable
{
    private readonly PostgreSqlEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Event_OfOneNode_ReachesTheStreamOfTheOther()
    {
        await using var one = await Node.StartAsync(engine);
        await using var other = await Node.StartAsync(engine);
        var after = await other.Store.ReadLatestSequenceAsync(Cancellation);
        var stream = other.Events.WatchAsync(Node.Ada, after, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = stream.MoveNextAsync().AsTask();

        var (session, _) = await one.CreateAsync();

        (await next.WaitAsync(TimeSpan.FromSeconds(60), Cancellation)).Should().BeTrue();
        stream.Current.Session.Should().Be(session.Id);
        await stream.DisposeAsync();
    }

    [Fact]
    public async Task Create_TheSameAtOnceAtBothNodes_MakesOneSessionAndOneMail()
    {
        static void Configure(RescueSessionsOptions options) => options.Codes.RepeatWindow = TimeSpan.FromHours(1);

        var mailbox = new Mailbox();
        await using var one = await Node.StartAsync(engine, Configure, handler: mailbox);
        await using var other = await Node.StartAsync(engine, Configure, handler: mailbox);

        var made = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).InviteAsync(), Cancellation)));

        made.Select(created => created.Session.Id).Distinct().Should().ContainSingle();
        (await one.Directory.ListAsync(new() { Tenant = Node.Ada.Tenant }, Cancellation)).Should().ContainSingle();
        // All that is to be sent was stored with the sessions.
        await Eventually.HoldsAsync(async () =>
            await engine.OpenDatabase().ReadAsync(new("SELECT count(*) FROM rescue_outbox"), row => row.GetInt64(0), Cancellation) is [0]);
        mailbox.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task Backlog_OfANodeThatDiesBetweenTwoPages_GoesOnAtTheOther()
    {
        const int Sessions = 700;
        await using var other = await Node.StartAsync(engine);
        var before = await other.Store.ReadLatestSequenceAsync(Cancellation);
        for (var i = 0; i < Sessions; i++)
            await other.CreateAsync();
        List<string> heard = [];

        await using (var dying = await Node.StartAsync(engine))
            heard.AddRange(await HearAsync(dying, $"{before}", Sessions / 2));
        heard.AddRange(await HearAsync(other, heard[^1], Sessions - heard.Count));

        var happened = new List<string>();
        while (happened.Count < Sessions)
        {
            var after = happened.Count == 0 ? before : long.Parse(happened[^1], CultureInfo.InvariantCulture);
            var page = await other.Store.ReadEventsAsync(new() { Tenant = Node.Ada.Tenant, After = after, Limit = 100 }, Cancellation);
            happened.AddRange(page.Events.Select(e => e.Sequence.ToString(CultureInfo.InvariantCulture)));
        }

        heard.Should().Equal(happened);
    }

    [Fact]
    public async Task Streams_OfBothNodes_TakeNoConnectionsOfTheirOwn()
    {
        const int Streams = 60;
        await using var one = await Node.StartAsync(engine);
        await using var other = await Node.StartAsync(engine);
        var streams = new List<StreamReader> { await ListenAsync(one), await ListenAsync(other) };
        var few = await CountConnectionsAsync();

        for (var i = 2; i < Streams; i++)
            streams.Add(await ListenAsync(i % 2 == 0 ? one : other));

        (await CountConnectionsAsync()).Should().BeLessThan(few + (Streams / 4), "what runs in the background may just use some");
        streams.ForEach(stream => stream.Dispose());

        async Task<StreamReader> ListenAsync(Node node)
        {
            var (session, link) = await node.CreateAsync();
            var joined = (JoinResult.Joined)await node.Customers.JoinAsync(link.Token!, "one", Cancellation);
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/applet/{session.Id}/events");
            request.Headers.Authorization = new("Bearer", joined.Key.Text);
            var answer = await node.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            var lines = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(Cancellation));
            (await lines.ReadLineAsync(Cancellation)).Should().Be(": open");
            return lines;
        }
    }

    [Fact]
    public async Task Sweeps_OfBothNodes_CloseAnExpiredSessionOnce()
    {
        await using var one = await Node.StartAsync(engine, options => options.Codes.Validity = TimeSpan.FromSeconds(1));
        await using var other = await Node.StartAsync(engine, options => options.Codes.Validity = TimeSpan.FromSeconds(1));
        var sessions = new List<SessionId>();
        for (var i = 0; i < 10; i++)
            sessions.Add((await (i % 2 == 0 ? one : other).CreateAsync()).Session.Id);

        foreach (var id in sessions)
            await Eventually.HoldsAsync(async () => (await one.Store.FindAsync(SessionSelector.ById(id), Cancellation))!.Session.Status == SessionStatus.Closed);
        // One more session, made and ended after those: by then both nodes have swept.
        var (last, _) = await other.CreateAsync();
        await Eventually.HoldsAsync(async () => (await one.Store.FindAsync(SessionSelector.ById(last.Id), Cancellation))!.Session.Status == SessionStatus.Closed);

        foreach (var id in sessions)
        {
            (await other.Directory.FindDetailsAsync(Node.Ada, id, Cancellation))!.History.Events
                .Should().ContainSingle(e => e.Kind == SessionEventKind.Transition).Which.Trigger.Should().Be(SessionTrigger.Expire);
        }
    }

    [Fact]
    public async Task Limits_AreSharedByBothNodes()
    {
        static void Configure(RescueSessionsOptions options)
        {
            options.Codes.IssueLimit = 4;
            options.Codes.IssueWindow = TimeSpan.FromDays(1);
            options.Guessing.PerAddress = 4;
            options.Guessing.Window = TimeSpan.FromDays(1);
        }

        await using var one = await Node.StartAsync(engine, Configure);
        await using var other = await Node.StartAsync(engine, Configure);
        for (var i = 0; i < 4; i++)
        {
            await (i % 2 == 0 ? one : other).CreateAsync();
            (await GuessAsync(i % 2 == 0 ? one : other)).Should().BeOfType<CodeLookup.BadCode>();
        }

        foreach (var node in (Node[])[one, other])
        {
            (await node.Invitations.CreateAsync(Node.Ada, new("Grace Hopper"), cancellationToken: Cancellation)).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
            (await GuessAsync(node)).Should().BeOfType<CodeLookup.Refused>();
        }
    }

    [Fact]
    public async Task Settings_SavedOnOneNode_HoldOnTheOther()
    {
        await using var one = await Node.StartAsync(engine);
        await using var other = await Node.StartAsync(engine);
        (await ReadAsync()).Should().BeEmpty();
        var change = new SettingChange { Tenant = "acme", Name = "greeting", Value = "\"hello\"", By = new("ada", "Ada"), At = TimeProvider.System.GetUtcNow() };

        await one.Get<TenantSettings>().SaveAsync(change, Cancellation);

        await Eventually.HoldsAsync(async () => (await ReadAsync()) is [{ Value: "\"hello\"" }]);

        async Task<IReadOnlyList<SettingVersion>> ReadAsync() => await other.Get<TenantSettings>().FindAllAsync("acme", "greeting", Cancellation);
    }

    [Fact]
    public async Task LiveCodes_OfAllNodes_AreCounted()
    {
        var one = engine.OpenSessions();
        for (var i = 0; i < 3; i++)
            await one.CreateAsync(new Draft().Build(), Cancellation);

        (await engine.OpenSessions().CreateAsync(new Draft().Build(), Cancellation)).LiveCodes.Should().Be(4);
    }

    [Fact]
    public async Task Erase_ByBothAtOnce_ErasesEachSessionOnce()
    {
        ISessionStore[] nodes = [engine.OpenSessions(), engine.OpenSessions()];
        var tenant = new Draft().Tenant;
        const int Sessions = 120;
        for (var i = 0; i < Sessions; i++)
        {
            var added = (await nodes[0].CreateAsync(new Draft { Tenant = tenant, Messages = ["mail"] }.Build(), Cancellation)).Session!.Session;
            var close = Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(1));
            await nodes[0].TransitionAsync(SessionSelector.ById(added.Id), new() { Now = close.At }, close, Cancellation);
        }

        var erased = await Task.WhenAll(nodes.Select(node => Task.Run(() => EraseAsync(node))));

        erased.Sum().Should().Be(Sessions);
        (await nodes[0].ListAsync(new() { Tenant = tenant }, Cancellation)).Should().BeEmpty();

        async Task<int> EraseAsync(ISessionStore store)
        {
            var erasure = new SessionErasure { Tenant = tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = 10 };
            var total = 0;
            int step;
            do
                total += step = await store.EraseAsync(erasure, Cancellation);
            while (step == erasure.Limit);
            return total;
        }
    }

    // What a client of the technicians' stream hears after an id: the ids of so many events.
    private static async Task<List<string>> HearAsync(Node node, string after, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rescue/sessions/events");
        request.Headers.Add("Last-Event-ID", after);
        using var answer = await node.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(Cancellation));
        var heard = new List<string>();
        for (var id = ""; heard.Count < count;)
        {
            var line = await lines.ReadLineAsync(Cancellation);
            line.Should().NotBeNull("the stream goes on");
            if (line!.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("data: {\"sessionId\"", StringComparison.Ordinal))
                heard.Add(id);
        }

        return heard;
    }

    private async Task<long> CountConnectionsAsync()
    {
        await using var connection = new NpgsqlConnection(PostgreSqlEngine.Server.ConnectionString());
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{engine.Name}'", connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<CodeLookup> GuessAsync(Node node) =>
        await node.Customers.LookUpAsync(new PinAttempt(PinCode.Parse("000000"), IPAddress.Loopback), Cancellation);
}
