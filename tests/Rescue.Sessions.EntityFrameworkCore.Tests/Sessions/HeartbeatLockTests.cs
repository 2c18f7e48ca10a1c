using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>What is noted of a thousand applets in one statement does not wait for the one session of them that is being changed.</summary>
public sealed class HeartbeatLockTests : IDisposable
{
    private static readonly DateTimeOffset Now = Draft.Morning;

    private readonly PostgreSqlEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Heartbeat_SessionIsBeingChanged_IsNotedMeanwhile(bool hasBeatBefore)
    {
        var store = engine.OpenSessions();
        var creation = new Draft().Build();
        var selector = SessionSelector.ById(creation.Session.Session.Id);
        var join = new AppletJoin(Hashes.New(), Hashes.New());
        await store.CreateAsync(creation, Cancellation);
        await store.TransitionAsync(selector, new() { Now = Now }, Changes.Join(join, Now), Cancellation);
        if (hasBeatBefore)
            await store.TouchAsync([new(creation.Session.Session.Id, [join.Key])], Now.AddMinutes(1), Cancellation);
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var host = await connection.BeginTransactionAsync(Cancellation);
        await ChangeAsync(store, selector, host);

        var noted = store.TouchAsync([new(creation.Session.Session.Id, [join.Key])], Now.AddMinutes(2), Cancellation).AsTask();

        await Eventually.HoldsAsync(async () => noted.IsCompleted || await engine.CountWaitingAsync(Cancellation) > 0);
        noted.IsCompleted.Should().BeTrue("nobody waits for a session's lock to say that its applet is there");
        (await noted).Single()!.Session.LastSeenAt.Should().Be(Now.AddMinutes(2));
        await host.CommitAsync(Cancellation);
        (await store.FindAsync(selector, Cancellation))!.Session.Should().Match<Session>(
            session => session.Status == SessionStatus.Waiting && session.LastSeenAt == Now.AddMinutes(2));
    }

    private static async Task ChangeAsync(ISessionStore store, SessionSelector selector, NpgsqlTransaction host)
    {
        using (HostTransaction.Join(host))
            (await store.TransitionAsync(selector, new() { Now = Now }, Changes.Of(SessionTrigger.Ready, Now), Cancellation)).Applied.Should().BeTrue();
    }
}
