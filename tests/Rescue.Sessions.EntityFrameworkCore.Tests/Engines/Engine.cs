using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Model;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Settings;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>A database of one test's own, with its schema.</summary>
public abstract class Engine : IDisposable
{
    public const string Sqlite = "SQLite";
    public const string PostgreSql = "PostgreSQL";

    /// <summary>The engine of a test that runs on both.</summary>
    public static Engine Open(string name, bool withSchema = true) =>
        name == Sqlite ? new SqliteEngine(withSchema) : new PostgreSqlEngine(withSchema);

    /// <summary>Chooses the provider and the database.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Another node on the same database.</summary>
    public ISessionStore OpenSessions() => OpenSessions(OpenDatabase());

    internal static ISessionStore OpenSessions(Database database, ILogger? logger = null)
    {
        var unreadable = new UnreadableLog(logger ?? NullLogger.Instance);
        return new EntityFrameworkSessionStore(
            database, new(database, TimeProvider.System, unreadable), new(database, TimeProvider.System), unreadable);
    }

    public ISettingsStore OpenSettings() => new EntityFrameworkSettingsStore(OpenDatabase());

    public ILimitStore OpenLimits() => new EntityFrameworkLimitStore(OpenDatabase());

    internal Database OpenDatabase() => new DatabaseFactory(Configure).OpenDatabase();

    internal RescueSessionsDbContext OpenContext() => new DatabaseFactory(Configure).OpenContext();

    internal void Upgrade() => UpgradeAsync(TimeProvider.System).GetAwaiter().GetResult();

    internal Task UpgradeAsync(TimeProvider time) => new SchemaUpgrade(OpenContext, time, NullLogger.Instance).RunAsync(CancellationToken.None);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
