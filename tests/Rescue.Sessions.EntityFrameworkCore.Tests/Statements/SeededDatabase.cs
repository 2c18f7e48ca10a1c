using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Rescue.Sessions.EntityFrameworkCore.Model;
using Rescue.Sessions.EntityFrameworkCore.Subscriptions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Webhooks;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.TestServers;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>A database with copies, made in SQL, of a few sessions that the store itself has written; one in twenty is open. It is filled once for all tests.</summary>
internal static class SeededDatabase
{
    public const string Tenant = "acme";
    public const string Subscription = "crm";
    public const string Webhook = "crm";
    public const int Sessions = Originals * Copies;

    /// <summary>How many rows are not over, so that a statement may read them.</summary>
    public const int Open = Sessions / 20;

    private const int Originals = 40;
    // Twice the sessions that a search of two characters looks through: of fewer a planner would rather read all.
    private const int Copies = 500;

    private static readonly Lazy<Task<SqliteEngine>> Sqlite = new(() => FillAsync(new SqliteEngine()));
    private static readonly Lazy<Task<PostgreSqlEngine>> PostgreSql = new(() => FillAsync(OpenPostgreSql()));

    /// <summary>A database of the test's own.</summary>
    public static async Task<Engine> OpenAsync(string name, bool withStatistics, CancellationToken cancellationToken)
    {
        Engine engine = name == Engine.Sqlite ? new SqliteEngine(await Sqlite.Value) : new PostgreSqlEngine(await PostgreSql.Value);
        if (withStatistics)
        {
            await using var context = engine.OpenContext();
            await context.Database.ExecuteSqlRawAsync("ANALYZE", cancellationToken);
        }

        return engine;
    }

    // On a server of its own: events come to light no sooner than the oldest transaction of a server ends, and to fill takes long ones.
    private static PostgreSqlEngine OpenPostgreSql()
    {
        TestServer.PostgreSql.Require();
        var server = new PostgreSqlServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        var engine = new PostgreSqlEngine(server);
        engine.Upgrade();
        return engine;
    }

    private static async Task<TEngine> FillAsync<TEngine>(TEngine engine)
        where TEngine : Engine
    {
        await FillAsync(engine, CancellationToken.None);
        if (engine is PostgreSqlEngine postgreSql)
            postgreSql.Disconnect();
        else
            AppDomain.CurrentDomain.ProcessExit += (_, _) => engine.Dispose();
        return engine;
    }

    private static async Task FillAsync(Engine engine, CancellationToken cancellationToken)
    {
        var store = engine.OpenSessions();
        for (var i = 0; i < Originals; i++)
            await AddAsync(store, i, cancellationToken);
        await HoldAsync(store, new EntityFrameworkSubscriptionStore(engine.OpenDatabase()), cancellationToken);
        await PostAsync(store, new EntityFrameworkWebhookStore(engine.OpenDatabase()), cancellationToken);

        await using var context = engine.OpenContext();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(2));
        foreach (var entity in context.Model.GetEntityTypes().OrderBy(entity => entity.ClrType == typeof(SessionRow) ? 0 : 1))
            await context.Database.ExecuteSqlRawAsync(Copy(entity, engine is SqliteEngine), cancellationToken);
        await context.Database.ExecuteSqlRawAsync(
            "INSERT INTO rescue_heartbeat (session_id, seen_at) SELECT id, 1 FROM rescue_session WHERE true ON CONFLICT DO NOTHING", cancellationToken);
        // What is copied is the one file.
        if (engine is SqliteEngine)
            await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
    }

    private static async Task AddAsync(ISessionStore store, int number, CancellationToken cancellationToken)
    {
        var at = Draft.Morning.AddSeconds(number);
        var draft = new Draft { Tenant = Tenant, At = at, CustomerName = $"Customer {number}", Reference = $"T-{number}", Messages = number == 0 ? ["mail"] : [] };
        var created = await store.CreateAsync(draft.Build() with { Request = new(Hashes.New(), at.AddSeconds(10)) }, cancellationToken);
        List<SessionChange> changes = number switch
        {
            0 => [],
            1 => [Changes.Join(new(Hashes.New(), Hashes.New()), at), Changes.Of(SessionTrigger.Ready, at)],
            _ => [Changes.Of(SessionTrigger.Close, at)],
        };
        foreach (var change in changes)
            await store.TransitionAsync(SessionSelector.ById(created.Session!.Session.Id), new() { Now = at }, change, cancellationToken);
    }

    // One event in twenty waits, the others are parked.
    private static async Task HoldAsync(ISessionStore sessions, EntityFrameworkSubscriptionStore store, CancellationToken cancellationToken)
    {
        var lease = await store.TryTakeAsync(Subscription, "node", Draft.Morning, Draft.Morning, 0, cancellationToken);
        var events = (await sessions.ReadEventsAsync(new() { Limit = 20 }, cancellationToken)).Events;
        var held = events.Select((happened, i) => new HeldEvent
        {
            Subscription = Subscription, Sequence = happened.Sequence, Session = happened.Session, Tenant = Tenant, HeldSince = Draft.Morning,
            RetryAt = i == 0 ? Draft.Morning : null,
        });
        await store.SaveAsync(new(Subscription, lease!.Value.Fence, Draft.Morning, 0) { Held = [.. held] }, cancellationToken);
    }

    // One message in twenty waits, the others have been delivered.
    private static async Task PostAsync(ISessionStore sessions, EntityFrameworkWebhookStore store, CancellationToken cancellationToken)
    {
        var events = (await sessions.ReadEventsAsync(new() { Limit = 20 }, cancellationToken)).Events;
        await store.AddAsync(
            [
                .. events.Select((happened, i) => new WebhookDelivery
                {
                    Webhook = Webhook, Sequence = happened.Sequence, Tenant = Tenant, Session = happened.Session, Type = "session.created", Body = "{}",
                    CreatedAt = Draft.Morning, DueAt = i == 0 ? Draft.Morning.AddMinutes(1) : Draft.Morning,
                }),
            ],
            cancellationToken);
        var claims = await store.ClaimAsync(Webhook, Draft.Morning, Draft.Morning.AddMinutes(1), 20, cancellationToken);
        await store.CompleteAsync([.. claims.Select(claim => new WebhookOutcome(claim, Draft.Morning, 200, null, null))], cancellationToken);
    }

    private static string Copy(IEntityType entity, bool sqlite)
    {
        var table = entity.GetTableName()!;
        var columns = entity.GetProperties().Select(property => property.GetColumnName()).ToList();
        var numbers = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {(IsOfSession(columns, table) ? Copies : Sessions)})";
        var values = columns.Select(column => Value(table, column, sqlite));
        var source = IsOfSession(columns, table) ? $"FROM {table} r, n" : "FROM n";
        return string.Create(CultureInfo.InvariantCulture, $"{numbers} INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} {source}{(sqlite ? " WHERE true" : "")}");
    }

    private static bool IsOfSession(List<string> columns, string table) => table == "rescue_session" || columns.Contains("session_id");

    private static string Value(string table, string column, bool sqlite) => (table, column) switch
    {
        ("rescue_session", "id") or (_, "session_id") or ("rescue_outbox", "id") or (_, "hash") => Bytes($"r.{column}", sqlite),
        ("rescue_session", "customer" or "recipient" or "search_text") => $"r.{column} || i",
        ("rescue_session", "belongs_to" or "held_by" or "offered_to") => $"r.{column} || (i % 100)",
        ("rescue_subscription", "position") => "1",
        (_, "sequence" or "position") => $"r.{column} + i * 1000000",
        ("rescue_session" or "rescue_code" or "rescue_event" or "rescue_outbox" or "rescue_heartbeat" or "rescue_held_event" or "rescue_webhook_delivery", _) => $"r.{column}",
        ("rescue_setting", "version") => "1 + i % 1000",
        ("rescue_setting", "name") => "'document' || (i / 1000)",
        (_, "key" or "technician" or "name") => "'x' || i",
        (_, "tenant") => $"'{Tenant}'",
        ("rescue_presence", "presence") => "'Busy'",
        ("rescue_setting", "value" or "saved_by_id" or "saved_by_name") or (_, "holder") => "'x'",
        _ => "1",
    };

    private static string Bytes(string column, bool sqlite) => sqlite
        ? $"CAST(substr({column}, 1, 8) || unhex(printf('%016x', i)) AS BLOB)"
        : $"substring({column} FROM 1 FOR 8) || int8send(i)";
}
