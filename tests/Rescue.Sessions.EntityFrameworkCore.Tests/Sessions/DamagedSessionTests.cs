using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

/// <summary>A document that cannot be read is its own session's misfortune and nobody else's.</summary>
public sealed class DamagedSessionTests
{
    private static readonly string[] Documents =
    [
        "", "null", "{}", "[]", "\"text\"", "{\"session\":", "\u0001", "{\"session\":null}",
        // As a later version may write it.
        """{"session":{"id":"019cadc69a807b108703ac703883337f","tenant":"a","customerName":"b","status":"Paused"}}""",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A value of the document, and what it is replaced by.</summary>
    public static TheoryData<string, string?, string> Damages
    {
        get
        {
            var damages = new TheoryData<string, string?, string>();
            foreach (var engine in (string[])[Engine.Sqlite, Engine.PostgreSql])
            {
                foreach (var document in Documents)
                    damages.Add(engine, null, document);
                // By numbers too: none that there is, one that there may be, and those that are too large to keep.
                foreach (var status in (string[])["\"Paused\"", "\"7\"", "7", "77", "-1", "254", "255", "300", "99999999999"])
                    damages.Add(engine, "\"Connecting\"", status);
                foreach (var hashes in (string[])["\"pinHashes\":[\"", "\"tokenHashes\":[\""])
                {
                    damages.Add(engine, hashes, hashes + "1");
                    damages.Add(engine, hashes, hashes + "x");
                }

                damages.Add(engine, "\"Grace Hopper\"", "null");
                damages.Add(engine, "\"ada\"", "\"\"");
                damages.Add(engine, "\"2026-03-02T09:00:00+00:00\"", "\"soon\"");
            }

            return damages;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Session_DocumentIsDamaged_IsListedAsSuchAndLeftAlone(string name, string? what, string by)
    {
        using var engine = Engine.Open(name);
        var log = new RecordedLog(LogLevel.Error);
        var store = Engine.OpenSessions(engine.OpenDatabase(), log);
        var draft = new Draft();
        var damaged = await AddAsync(store, draft);
        var sound = await AddAsync(store, draft with { Pin = [Hashes.New()], Token = [Hashes.New()], At = Draft.Morning.AddSeconds(1) });
        await DamageAsync(engine, "rescue_session", "id", damaged, what, by);

        for (var again = 0; again < 2; again++)
        {
            var listed = await store.ListAsync(new() { Tenant = draft.Tenant }, Cancellation);
            listed.Select(session => (session.Id, session.Status)).Should().Equal((sound, SessionStatus.Connecting), (damaged, SessionStatus.Unreadable));
            listed[1].CustomerName.Should().Be("GRACE HOPPER");
        }

        var later = Draft.Morning.AddDays(1);
        (await store.FindOverdueAsync(later, 1, Cancellation)).Should().ContainSingle().Which.Id.Should().Be(sound, "it waits behind the damaged one");
        (await store.FindOpenOfAsync(draft.Tenant, "ada", Cancellation)).Should().ContainSingle().Which.Id.Should().Be(sound);
        foreach (var change in (SessionChange[])[Changes.Of(SessionTrigger.Close, later), new() { Kind = SessionEventKind.CodeTried, At = later, Actor = SessionActor.Customer }])
            (await store.TransitionAsync(SessionSelector.ById(damaged), new() { Now = later }, change, Cancellation)).Applied.Should().BeFalse();
        (await store.TouchAsync([new(damaged, [Hashes.New()])], later, Cancellation)).Should().Equal((StoredSession?)null);
        (await store.FindAsync(SessionSelector.ByPin(draft.Pin), Cancellation))!.Session.Status.Should().Be(SessionStatus.Unreadable);
        (await store.TransitionAsync(SessionSelector.ById(sound), new() { Now = Draft.Morning }, Changes.Of(SessionTrigger.Close, Draft.Morning), Cancellation))
            .Applied.Should().BeTrue();
        log.Messages.Should().ContainSingle().Which.Should().Contain(damaged.ToString()).And.NotContain("Grace");
    }

    [Theory]
    [InlineData(Engine.Sqlite, "\"Paused\"")]
    [InlineData(Engine.Sqlite, "77")]
    [InlineData(Engine.Sqlite, "255")]
    [InlineData(Engine.Sqlite, "300")]
    [InlineData(Engine.PostgreSql, "\"Paused\"")]
    [InlineData(Engine.PostgreSql, "77")]
    [InlineData(Engine.PostgreSql, "255")]
    [InlineData(Engine.PostgreSql, "300")]
    public async Task Event_DocumentIsDamaged_IsPassedOver(string name, string kind)
    {
        using var engine = Engine.Open(name);
        var log = new RecordedLog(LogLevel.Error);
        var store = Engine.OpenSessions(engine.OpenDatabase(), log);
        var draft = new Draft();
        var first = await AddAsync(store, draft);
        await DamageAsync(engine, "rescue_event", "session_id", first, "\"Created\"", kind);
        var second = await AddAsync(store, draft with { Pin = [Hashes.New()], Token = [Hashes.New()] });

        var read = new List<SessionEvent>();
        for (var after = 0L; read.Count == 0;)
        {
            await store.WaitForEventsAsync(after, Cancellation);
            var page = await store.ReadEventsAsync(new() { After = after, Limit = 1 }, Cancellation);
            read.AddRange(page.Events);
            after = page.Cursor;
        }

        read.Should().ContainSingle().Which.Session.Should().Be(second, "a reader goes on behind the damaged one");
        (await store.ReadEventsAsync(new() { Session = first }, Cancellation)).Events.Should().BeEmpty();
        log.Messages.Should().ContainSingle();
    }

    private static async Task<SessionId> AddAsync(ISessionStore store, Draft draft) =>
        (await store.CreateAsync(draft.Build(), Cancellation)).Session!.Session.Id;

    private static async Task DamageAsync(Engine engine, string table, string key, SessionId id, string? what, string by)
    {
        await using var context = engine.OpenContext();
        await context.Database.OpenConnectionAsync(Cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"UPDATE {table} SET document = {(what is null ? "@by" : "replace(document, @what, @by)")} WHERE {key} = @id";
        foreach (var (parameter, value) in ((string, object)[])[("what", what ?? ""), ("by", by), ("id", id.Value.ToByteArray(bigEndian: true))])
        {
            var added = command.CreateParameter();
            (added.ParameterName, added.Value) = (parameter, value);
            command.Parameters.Add(added);
        }

        (await command.ExecuteNonQueryAsync(Cancellation)).Should().Be(1);
    }
}
