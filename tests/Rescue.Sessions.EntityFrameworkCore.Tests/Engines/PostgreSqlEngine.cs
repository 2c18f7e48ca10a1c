using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>A database on the one server of the test run, made from one that has the schema already.</summary>
public sealed class PostgreSqlEngine : Engine
{
    private const string Template = "with_schema";

    private static readonly Lazy<PostgreSqlServer> Shared = new(StartServer);

    public PostgreSqlEngine(bool withSchema = true)
        : this(withSchema ? Template : "template0")
    {
    }

    /// <summary>A copy of another one, to which nobody is connected.</summary>
    public PostgreSqlEngine(PostgreSqlEngine template)
        : this(template.Name)
    {
    }

    private PostgreSqlEngine(string template)
    {
        Name = "t" + Guid.NewGuid().ToString("N");
        Execute($"CREATE DATABASE {Name} TEMPLATE {template}");
    }

    public static PostgreSqlServer Server => Shared.Value;

    public string Name { get; }

    public string ConnectionString => Server.ConnectionString(Name, poolSize: 20);

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    /// <summary>Closes the connections that nobody uses.</summary>
    public void Disconnect() => NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));

    public override void Dispose()
    {
        Disconnect();
        Execute($"DROP DATABASE {Name} WITH (FORCE)");
        base.Dispose();
    }

    private static PostgreSqlServer StartServer()
    {
        TestServer.PostgreSql.Require();
        var server = new PostgreSqlServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        Execute(server, $"CREATE DATABASE {Template}");
        var factory = new DatabaseFactory(options => options.UseNpgsql(server.ConnectionString(Template, poolSize: 2)));
        new SchemaUpgrade(factory.OpenContext, TimeProvider.System, NullLogger.Instance).RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        NpgsqlConnection.ClearAllPools();
        return server;
    }

    private static void Execute(string sql) => Execute(Server, sql);

    private static void Execute(PostgreSqlServer server, string sql)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
