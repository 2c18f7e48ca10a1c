using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.EntityFrameworkCore;

/// <summary>
/// Lets sessions be made and changed in a transaction of the host's own, together with the host's own rows: all of it is committed or nothing is.
/// </summary>
/// <remarks>
/// <para>The transaction must be one of the database that the stores use. On PostgreSQL it must be READ COMMITTED, as <c>BeginTransaction</c> makes it: a snapshot of
/// before shows nothing of what others have committed while one waited for them, and a technician would take more sessions than they may. On SQLite it must be
/// one that writes, as <c>BeginTransaction</c> makes, and its connection overwrites what it deletes from then on (<c>PRAGMA secure_delete</c>); sessions are erased
/// in it only with foreign keys on, as they are unless the connection string says otherwise. Inside the scope one call is made at a time.</para>
/// <para>Events reach the streams, and mails are sent, when the host has committed. On PostgreSQL events are numbered by when their transaction first wrote
/// anything, the host's own rows included: one that wrote before another changed the same session, or that waited for one that did, and changes it after that, may give its
/// event a lower number than the other's. Change sessions that exist before the transaction writes anything else; and whoever keeps what events tell of a session keeps what has the highest
/// <see cref="Session.Version"/>.</para>
/// </remarks>
public static class HostTransaction
{
    private static readonly AsyncLocal<Scope?> Joined = new();

    internal static DbTransaction? Current => Joined.Value?.Transaction;

    /// <summary>How many numbers the transaction has given so far; null until it was looked up for this scope.</summary>
    internal static StrongBox<int>? Written
    {
        get => Joined.Value?.Written;
        set => Joined.Value!.Written = value;
    }

    /// <summary>Everything that the doors read and write from here on, until the scope is disposed, belongs to the transaction.</summary>
    /// <param name="transaction">The host's transaction; the host commits it, after the scope or within it.</param>
    /// <exception cref="InvalidOperationException">A transaction is joined already, or this one is REPEATABLE READ or a snapshot.</exception>
    public static IDisposable Join(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (Joined.Value is not null)
            throw new InvalidOperationException("A transaction is joined already. Dispose its scope first.");
        if (transaction.IsolationLevel is IsolationLevel.RepeatableRead or IsolationLevel.Snapshot)
            throw Unsuited(transaction.IsolationLevel);
        var scope = new Scope(transaction);
        Joined.Value = scope;
        return scope;
    }

    internal static InvalidOperationException Unsuited(IsolationLevel level) => new(
        $"A transaction with the isolation level {level} cannot be joined: it does not see what others have committed since it began, such as a session that a technician has taken. "
        + "Begin it with IsolationLevel.ReadCommitted.");

    private sealed class Scope(DbTransaction transaction) : IDisposable
    {
        public DbTransaction Transaction { get; } = transaction;

        public StrongBox<int>? Written { get; set; }

        public void Dispose() => Joined.Value = null;
    }
}
