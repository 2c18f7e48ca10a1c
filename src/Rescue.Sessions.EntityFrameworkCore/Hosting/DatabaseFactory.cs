using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Rescue.Sessions.EntityFrameworkCore.Databases;
using Rescue.Sessions.EntityFrameworkCore.Model;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>Knows the engines by the provider that the host has chosen.</summary>
internal sealed class DatabaseFactory
{
    private const string HistoryTable = "rescue_schema";

    private readonly DbContextOptions options;
    private readonly bool isSqlite;
    private readonly DbConnection template;

    public DatabaseFactory(Action<DbContextOptionsBuilder> configure, bool directConnections = false)
    {
        var chosen = new DbContextOptionsBuilder();
        configure(chosen);
        options = ForOurModel(chosen.Options);
        var extension = options.Extensions.SingleOrDefault(extension => extension.Info.IsDatabaseProvider);
        var provider = extension?.GetType().Name ?? "none";
        isSqlite = provider.StartsWith("Sqlite", StringComparison.Ordinal);
        if (!isSqlite && !provider.StartsWith("Npgsql", StringComparison.Ordinal))
            throw new InvalidOperationException($"UseEntityFrameworkCore was given the provider {provider}. Call UseSqlite or UseNpgsql on its options.");
        using var context = OpenContext();
        template = CopyOf(ConnectionOf(context));
        if (isSqlite)
            template.ConnectionString = WithoutPool(template.ConnectionString);
        else if (directConnections && PostgreSqlConnectionString.IsAllThereIs(extension!))
            template.ConnectionString = PostgreSqlConnectionString.Tune(template.ConnectionString);
    }

    public bool HasClockOfItsOwn => !isSqlite;

    public RescueSessionsDbContext OpenContext() => isSqlite ? new SqliteDbContext(options) : new PostgreSqlDbContext(options);

    public Database OpenDatabase() => isSqlite ? new SqliteDatabase(Connect) : new PostgreSqlDatabase(Connect);

    private DbConnection Connect() => CopyOf(template);

    private static DbConnection ConnectionOf(RescueSessionsDbContext context)
    {
        DbConnection connection;
        try
        {
            connection = context.Database.GetDbConnection();
        }
        catch (ArgumentException problem)
        {
            throw new InvalidOperationException($"The connection string that UseEntityFrameworkCore was given cannot be read: {problem.Message}", problem);
        }

        return connection.ConnectionString is { Length: > 0 }
            ? connection
            : throw new InvalidOperationException(
                "UseEntityFrameworkCore was given no connection string. If it comes from the configuration, check that there is one under the name that is asked for: "
                + "GetConnectionString(\"HelpDesk\") reads ConnectionStrings:HelpDesk, and answers null where there is none.");
    }

    // A host may share its options with contexts of its own. What they say of a model (naming conventions, proxies) is not meant for ours and its table of
    // migrations, and what the provider adds to any model (an enum) is no reason not to start.
    private static DbContextOptions ForOurModel(DbContextOptions chosen)
    {
        var builder = new DbContextOptionsBuilder();
        foreach (var extension in chosen.Extensions)
        {
            if (extension is CoreOptionsExtension core)
                ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(WithoutHostsData(core));
            else if (extension.Info.IsDatabaseProvider)
                ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(extension);
        }

        builder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        KeepHistoryApart(builder);
        return builder.Options;
    }

    // A compiled model, and what fills the host's tables once there are any.
    private static CoreOptionsExtension WithoutHostsData(CoreOptionsExtension core)
    {
        core = core.WithModel(null);
        return core.Seeder is null && core.AsyncSeeder is null ? core : core.WithSeeding((_, _) => { }).WithAsyncSeeding((_, _, _) => Task.CompletedTask);
    }

    // The host may have migrations of its own in the same database, which are none of ours.
    private static void KeepHistoryApart(DbContextOptionsBuilder builder)
    {
        if (builder.Options.Extensions.OfType<RelationalOptionsExtension>().SingleOrDefault() is { MigrationsHistoryTableName: null } relational)
            ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(relational.WithMigrationsHistoryTableName(HistoryTable));
    }

    // The database keeps its connections itself; a pool below would keep a file open that has been replaced.
    private static string WithoutPool(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString, ["Pooling"] = false }.ConnectionString;

    // A provider's own copy keeps the pool, the password and the certificates of the original.
    private static DbConnection CopyOf(DbConnection original)
    {
        if (original is ICloneable cloneable)
            return (DbConnection)cloneable.Clone();
        var connection = DbProviderFactories.GetFactory(original)!.CreateConnection()!;
        connection.ConnectionString = original.ConnectionString;
        return connection;
    }
}
