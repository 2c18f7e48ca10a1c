using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// A transaction that writes. What it writes is gathered and goes to the database together with the commit, so that a network costs one round
/// trip for all of it. Disposed without a commit, it leaves nothing. Used by one caller at a time.
/// </summary>
internal abstract class WriteTransaction : IAsyncDisposable
{
    // What is written under one number of a transaction; a host's transaction may hold many changes.
    private static readonly ConditionalWeakTable<DbTransaction, StrongBox<int>> Joined = [];

    private readonly List<Statement> pending = [];
    private readonly StrongBox<int> written = HostTransaction.Current is { } joined ? Joined.GetOrCreateValue(joined) : new(0);

    /// <summary>Numbers what the transaction writes, from 0.</summary>
    public int NextIndex() => written.Value++;

    /// <summary>Writes at the commit.</summary>
    public void Add(Statement statement) => pending.Add(statement);

    /// <summary>Reads now, with what locks the query asks for.</summary>
    public abstract ValueTask<List<TRow>> ReadAsync<TRow>(Statement query, Func<DbDataReader, TRow> read, CancellationToken cancellationToken);

    /// <summary>Writes now; the number of rows.</summary>
    public abstract ValueTask<int> WriteAsync(Statement statement, CancellationToken cancellationToken);

    /// <summary>Writes what was added, and commits. Once begun it is not cancelled, for its outcome must be known.</summary>
    public ValueTask CommitAsync() => CommitAsync(pending);

    public abstract ValueTask DisposeAsync();

    protected abstract ValueTask CommitAsync(IReadOnlyList<Statement> statements);

    protected static void Bind(DbParameterCollection parameters, Func<DbParameter> create, Statement statement)
    {
        foreach (var (name, value) in statement.Values)
        {
            var parameter = create();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }
}
