using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>Changes of one session are numbered in their order, also where one that has its number already waits while a later one goes before it.</summary>
public sealed class SessionLockTests : IDisposable
{
    private static readonly DateTimeOffset Now = Draft.Morning;

    private readonly PostgreSqlEngine engine = new();
    private int? stopped;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A server process that stays stopped would hold up the end of its server.
    public void Dispose()
    {
        if (stopped is { } backend)
            Continue(backend);
        engine.Dispose();
    }

    [Theory]
    [InlineData("by its id")]
    [InlineData("by its token")]
    [InlineData("by its PIN")]
    [InlineData("as its mail is recorded")]
    public async Task Change_LaterOneGoesBeforeIt_IsNumberedBehindThat(string found)
    {
        var store = engine.OpenSessions();
        var creation = new Draft { Messages = ["mail"] }.Build();
        var id = creation.Session.Session.Id;
        await store.CreateAsync(creation, Cancellation);
        var claim = (await store.ClaimAsync(Now, Now.AddSeconds(30), 1, null, Cancellation)).Single();
        await store.BeginAsync(claim, Now, Cancellation);
        await using var first = await HoldAsync(id);

        // It waits for the first without a number. The second takes what the first has written, and it waits for that with one.
        var waiting = ChangeAsync(store, found, creation, claim);
        var backend = await BackendAsync("wait_event_type = 'Lock'");
        Stop(backend);
        await first.CommitAsync(Cancellation);
        await using var second = await HoldAsync(id);
        Continue(backend);
        (await BackendAsync("wait_event_type = 'Lock' AND backend_xid IS NOT NULL")).Should().Be(backend);
        Stop(backend);
        await second.CommitAsync(Cancellation);
        (await store.TransitionAsync(SessionSelector.ById(id), new() { Now = Now }, Changes.Note(SessionEventKind.Alarm, Now), Cancellation)).Applied.Should().BeTrue();
        Continue(backend);
        await waiting;

        (await store.ReadEventsAsync(new() { Session = id }, Cancellation)).Events.Select(happened => happened.Kind).Should().Equal(
            SessionEventKind.Created, SessionEventKind.Alarm, found == "as its mail is recorded" ? SessionEventKind.Invitation : SessionEventKind.Transition);
    }

    private static async Task ChangeAsync(ISessionStore store, string found, SessionCreation creation, OutboxClaim claim)
    {
        var (session, join) = (creation.Session, new AppletJoin(Hashes.New(), Hashes.New()));
        if (found == "as its mail is recorded")
        {
            var sent = Changes.Note(SessionEventKind.Invitation, Now) with { Invitation = session.Session.Invitation! with { State = InvitationState.Sent } };
            (await store.CompleteAsync(new OutboxResult(claim, Change: sent), Cancellation)).Should().BeTrue();
            return;
        }

        var selector = found switch
        {
            "by its id" => SessionSelector.ById(session.Session.Id),
            "by its token" => SessionSelector.ByToken(session.TokenHashes),
            _ => SessionSelector.ByLivePin(session.PinHashes, Now, []),
        };
        (await store.TransitionAsync(selector, new() { Now = Now }, Changes.Join(join, Now), Cancellation)).Applied.Should().BeTrue();
    }

    private async Task<NpgsqlTransaction> HoldAsync(SessionId session)
    {
        var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var change = new NpgsqlCommand("UPDATE rescue_session SET status = status WHERE id = @id", connection, transaction);
        change.Parameters.AddWithValue("id", session.Value.ToByteArray(bigEndian: true));
        (await change.ExecuteNonQueryAsync(Cancellation)).Should().Be(1);
        return transaction;
    }

    private async Task<int> BackendAsync(string state)
    {
        List<int> found = [];
        await Eventually.HoldsAsync(async () => (found = await engine.OpenDatabase().ReadAsync(
            new($"SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND {state}"), row => row.GetInt32(0), Cancellation)).Count == 1);
        return found[0];
    }

    private void Stop(int backend)
    {
        stopped = backend;
        Signal("STOP", backend);
    }

    private void Continue(int backend)
    {
        Signal("CONT", backend);
        stopped = null;
    }

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.Should().Be(0);
    }
}
