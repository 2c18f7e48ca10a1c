using System.Net;
using Rescue.Sessions.Codes;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
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
        var stream = other.Technicians.WatchAsync(Node.Ada, after, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = stream.MoveNextAsync().AsTask();

        var (session, _) = await one.CreateAsync();

        (await next.WaitAsync(TimeSpan.FromSeconds(60), Cancellation)).Should().BeTrue();
        stream.Current.Session.Should().Be(session.Id);
        await stream.DisposeAsync();
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
            (await other.Technicians.FindDetailsAsync(Node.Ada, id, Cancellation))!.History.Events
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
            (await GuessAsync(i % 2 == 0 ? one : other)).Should().BeOfType<CodeLookup.Refused>();
        }

        foreach (var node in (Node[])[one, other])
        {
            (await node.Technicians.CreateAsync(Node.Ada, new("Grace Hopper"), cancellationToken: Cancellation)).Should().BeOfType<CreateSessionResult.TooMany>();
            (await GuessAsync(node)).Should().BeOfType<CodeLookup.TooManyGuesses>();
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

    private static async Task<CodeLookup> GuessAsync(Node node) =>
        await node.Customers.LookUpAsync(new PinAttempt(PinCode.Parse("000000"), IPAddress.Loopback), Cancellation);
}
