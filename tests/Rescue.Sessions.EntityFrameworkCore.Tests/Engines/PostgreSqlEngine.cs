using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>
/// A database on the one server of the test run, or on one that is given. With the schema it is a copy of a template, or the database of a test that is over: to make one,
/// to drop it and to warm its connections up takes longer than most tests do, to empty it takes a moment.
/// </summary>
public sealed class PostgreSqlEngine : Engine
{
    private const string Template = "with_schema";

    // All that a test may have changed besides rows.
    private const string SelectShape =
        """
        SELECT string_agg(part, ';' ORDER BY part) FROM (
            SELECT c.relname::text || '.' || a.attname::text || ' ' || a.atttypid::text || ' ' || a.attnotnull::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL SELECT conname::text || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT extname::text FROM pg_extension
            UNION ALL SELECT setconfig::text FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
            UNION ALL SELECT rescue_schema::text FROM rescue_schema) AS parts(part)
        """;

    private const string DeleteRows =
        """
        SET LOCAL session_replication_role = replica;
        SET LOCAL lock_timeout = '1s';
        DO $$ DECLARE name text; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'rescue_schema' LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
        END $$
        """;

    private static readonly Lazy<PostgreSqlServer> Shared = new(StartServer);
    private static readonly ConcurrentBag<string> Emptied = [];
    private static string shapeOfTemplate = "";

    private readonly PostgreSqlServer server;
    private readonly bool isReusable;

    public PostgreSqlEngine(bool withSchema = true)
    {
        server = Server;
        isReusable = withSchema;
        Name = withSchema && Emptied.TryTake(out var emptied) ? emptied : Create(server, withSchema ? Template : "template0");
    }

    /// <summary>An empty database on a server of the test's own.</summary>
    public PostgreSqlEngine(PostgreSqlServer server) => (this.server, Name) = (server, Create(server, "template0"));

    /// <summary>A copy of another one, to which nobody is connected.</summary>
    public PostgreSqlEngine(PostgreSqlEngine template) => (server, Name) = (template.server, Create(template.server, template.Name));

    public static PostgreSqlServer Server => Shared.Value;

    public string Name { get; }

    /// <summary>Where tables are looked for; where the server looks, when absent.</summary>
    public string? SearchPath { get; set; }

    public string ConnectionString => server.ConnectionString(Name, poolSize: 20) + (SearchPath is null ? "" : $";Search Path={SearchPath}");

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    /// <summary>How many statements in this database wait for what another transaction has locked.</summary>
    public async Task<long> CountWaitingAsync(CancellationToken cancellationToken) => (await OpenDatabase().ReadAsync(
        new("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"), row => row.GetInt64(0), cancellationToken))[0];

    /// <summary>Closes the connections that nobody uses.</summary>
    public void Disconnect() => NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));

    public override void Dispose()
    {
        if (isReusable && TryEmpty())
        {
            Emptied.Add(Name);
        }
        else
        {
            Disconnect();
            Execute(server, $"DROP DATABASE {Name} WITH (FORCE)");
        }

        base.Dispose();
    }

    // Not where more than rows was changed, or where something still holds them.
    private bool TryEmpty()
    {
        try
        {
            using var connection = new NpgsqlConnection(ConnectionString);
            connection.Open();
            if (ShapeOf(connection) != shapeOfTemplate)
                return false;
            using var transaction = connection.BeginTransaction();
            using var command = new NpgsqlCommand(DeleteRows, connection, transaction);
            command.ExecuteNonQuery();
            transaction.Commit();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static PostgreSqlServer StartServer()
    {
        TestServer.PostgreSql.Require();
        var server = new PostgreSqlServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        Execute(server, $"CREATE DATABASE {Template}");
        var connectionString = server.ConnectionString(Template, poolSize: 2);
        var factory = new DatabaseFactory(options => options.UseNpgsql(connectionString));
        new SchemaUpgrade(factory.OpenContext, TimeProvider.System, NullLogger.Instance).RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        using (var connection = new NpgsqlConnection(connectionString))
        {
            connection.Open();
            shapeOfTemplate = ShapeOf(connection);
        }

        NpgsqlConnection.ClearAllPools();
        return server;
    }

    private static string ShapeOf(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(SelectShape, connection);
        return (string)command.ExecuteScalar()!;
    }

    private static string Create(PostgreSqlServer server, string template)
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        Execute(server, $"CREATE DATABASE {name} TEMPLATE {template}");
        return name;
    }

    private static void Execute(PostgreSqlServer server, string sql)
    {
        // One that is kept open would be of a server that a test has killed meanwhile.
        using var connection = new NpgsqlConnection($"{server.ConnectionString()};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
