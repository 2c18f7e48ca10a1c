using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Rescue.Sessions.EntityFrameworkCore;

/// <summary>
/// Lets sessions be made and changed in a transaction of the host's own, together with the host's own rows: all of it is committed or nothing is.
/// </summary>
/// <remarks>
/// The transaction must be one of the database that the stores use; on SQLite it must be one that writes, as <c>BeginTransaction</c> makes. Inside the scope
/// one call is made at a time. Events reach the streams, and mails are sent, when the host has committed.
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
    /// <exception cref="InvalidOperationException">A transaction is joined already.</exception>
    public static IDisposable Join(DbTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (Joined.Value is not null)
            throw new InvalidOperationException("A transaction is joined already. Dispose its scope first.");
        var scope = new Scope(transaction);
        Joined.Value = scope;
        return scope;
    }

    private sealed class Scope(DbTransaction transaction) : IDisposable
    {
        public DbTransaction Transaction { get; } = transaction;

        public StrongBox<int>? Written { get; set; }

        public void Dispose() => Joined.Value = null;
    }
}
