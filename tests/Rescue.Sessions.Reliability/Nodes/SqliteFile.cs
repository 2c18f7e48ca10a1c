using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Rescue.Sessions.Reliability.Nodes;

/// <summary>One file, opened by all processes of one machine.</summary>
internal sealed class SqliteFile : NodeDatabase
{
    private readonly string folder = Directory.CreateTempSubdirectory("rescue-sqlite-").FullName;

    public override string Name => "SQLite";

    public override string ConnectionString => $"Data Source={Path.Combine(folder, "sessions.db")}";

    public override void Dispose() => Directory.Delete(folder, recursive: true);

    protected override DbConnection Connect() => new SqliteConnection(ConnectionString + ";Pooling=False");
}
