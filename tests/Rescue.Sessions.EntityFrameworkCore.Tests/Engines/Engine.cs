using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Settings;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>A database of one test's own, with its schema.</summary>
public abstract class Engine : IDisposable
{
    /// <summary>Chooses the provider and the database.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Another node on the same database.</summary>
    public ISessionStore OpenSessions()
    {
        var database = OpenDatabase();
        return new EntityFrameworkSessionStore(database, new(database, TimeProvider.System), new(database, TimeProvider.System));
    }

    public ISettingsStore OpenSettings() => new EntityFrameworkSettingsStore(OpenDatabase());

    public ILimitStore OpenLimits() => new EntityFrameworkLimitStore(OpenDatabase());

    internal Database OpenDatabase() => new DatabaseFactory(Configure).OpenDatabase();

    internal void Upgrade() => new SchemaUpgrade(new DatabaseFactory(Configure).OpenContext, TimeProvider.System).RunAsync(CancellationToken.None).GetAwaiter().GetResult();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
