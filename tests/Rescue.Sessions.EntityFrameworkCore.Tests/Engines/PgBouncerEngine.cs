using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>A database behind a pooler that shares sessions among transactions, by a plain connection string.</summary>
public sealed class PgBouncerEngine : Engine
{
    private readonly PostgreSqlEngine database;
    private readonly PgBouncerServer pooler;

    public PgBouncerEngine(bool withSchema)
    {
        TestServer.PgBouncer.Require();
        database = new(withSchema);
        pooler = new(PostgreSqlEngine.Server, sessions: 8);
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(pooler.ConnectionString(database.Name));

    public override void Dispose()
    {
        pooler.Dispose();
        database.Dispose();
        base.Dispose();
    }
}
