using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>A file, copied from one that has the schema already.</summary>
public sealed class SqliteEngine : Engine
{
    private static readonly Lazy<byte[]> Template = new(MakeTemplate);

    private readonly string folder = Directory.CreateTempSubdirectory("rescue-sqlite-").FullName;

    public SqliteEngine(bool withSchema = true)
    {
        if (withSchema)
            System.IO.File.WriteAllBytes(File, Template.Value);
    }

    /// <summary>A copy of another one, to which nobody writes.</summary>
    public SqliteEngine(SqliteEngine template) => System.IO.File.Copy(template.File, File);

    public string File => Path.Combine(folder, "sessions.db");

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={File}");

    public override void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        base.Dispose();
    }

    private static byte[] MakeTemplate()
    {
        using var engine = new SqliteEngine(withSchema: false);
        engine.Upgrade();
        SqliteConnection.ClearAllPools();
        return System.IO.File.ReadAllBytes(engine.File);
    }
}
