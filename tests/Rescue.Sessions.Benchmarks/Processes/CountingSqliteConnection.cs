using System.Data;
using Microsoft.Data.Sqlite;

namespace Rescue.Sessions.Benchmarks.Processes;

/// <summary>A connection that counts what it and its copies are told to run. Counting is thread-safe.</summary>
internal sealed class CountingSqliteConnection(string connectionString) : SqliteConnection(connectionString), ICloneable
{
    private static long statements;

    /// <summary>How many were run in this process.</summary>
    public static long Statements => Interlocked.Read(ref statements);

    public override SqliteCommand CreateCommand() => new Command { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    public object Clone() => new CountingSqliteConnection(ConnectionString);

    private sealed class Command : SqliteCommand
    {
        // Every way of running a command leads here.
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            Interlocked.Increment(ref statements);
            return base.ExecuteReader(behavior);
        }
    }
}
