using HelpDesk.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Support;

/// <summary>
/// Where sessions are kept: in SQLite in the sample's data folder, unless <c>Store__ConnectionString</c> names another file
/// (<c>Data Source=…</c>) or a PostgreSQL server (<c>Host=…</c>), which any number of copies may share.
/// </summary>
internal static class SupportStore
{
    private const string Setting = "Store:ConnectionString";
    private const string FileName = "helpdesk.db";

    public static Action<DbContextOptionsBuilder> From(IConfiguration configuration, SampleData data)
    {
        var connection = configuration[Setting];
        if (string.IsNullOrWhiteSpace(connection))
            connection = $"Data Source={data.PathOf(FileName)}";
        if (connection.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase))
        {
            KeepPrivate(new(connection), data);
            return options => options.UseSqlite(connection);
        }

        if (connection.StartsWith("Host=", StringComparison.OrdinalIgnoreCase))
            return options => options.UseNpgsql(connection);
        throw new InvalidOperationException(
            "Store__ConnectionString must begin with 'Data Source=' for a SQLite file or with 'Host=' for a PostgreSQL server.");
    }

    // SQLite would make the file as everybody's, and gives those beside it what the file has.
    private static void KeepPrivate(SqliteConnectionStringBuilder connection, SampleData data)
    {
        var file = connection.DataSource;
        if (connection.Mode == SqliteOpenMode.Memory || file is "" or ":memory:" || file.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return;
        if (connection.Mode == SqliteOpenMode.ReadWriteCreate && !File.Exists(file) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            OwnersFile.Create(file);
        data.KeepPrivate(file);
    }
}
