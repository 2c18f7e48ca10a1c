using System.Data.Common;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>What a provider throws, as what a store throws.</summary>
internal static class StoreFailure
{
    // SQLSTATE unique_violation (ISO/IEC 9075-2, and the list of codes in PostgreSQL's manual, appendix A).
    private const string UniqueViolation = "23505";
    private const string SerializationFailure = "40001";
    private const string DeadlockDetected = "40P01";

    private const string LockNotAvailable = "55P03";

    private const string UndefinedTable = "42P01";
    private const string UndefinedColumn = "42703";

    private const string InAnotherSchema =
        ", and where they lie in a schema of the model's (HasDefaultSchema), name it in the connection string, such as 'Search Path=helpdesk,public'";

    // SQLITE_ERROR, which is any mistake in a statement; what it is, the words alone say.
    private const int SqliteError = 1;

    // SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH and SQLITE_RANGE.
    private static readonly int[] Refusals = [SqliteError, 18, 19, 20, 25];

    private static readonly string[] SqliteSchema = ["no such table", "no such column", "has no column named"];

    // SQLITE_BUSY and SQLITE_LOCKED (SQLite's manual, "Result and error codes").
    private static readonly int[] OtherWriter = [5, 6];

    public static SessionStoreException Of(Exception failure) => new(
        failure is DbException refusal && IsSchema(refusal)
            ? "The database has not the tables that this version of Rescue.Sessions needs; the inner exception says what is missing. Where the host's own migrations "
                + "carry them (UseEntityFrameworkCore with upgradeSchema: false, AddRescueSessions in the model), add one with 'dotnet ef migrations add' and apply it before the "
                + "host starts" + (refusal.SqlState is UndefinedTable ? InAnotherSchema : "") + "; otherwise leave upgradeSchema out, and the host makes them."
            : "The database could not do what was asked; the inner exception says why.",
        failure);

    /// <summary>Whether a failure is a unique index that refused a row.</summary>
    public static bool IsDuplicate(SessionStoreException failure) => failure.InnerException is DbException { SqlState: UniqueViolation };

    /// <summary>Whether SQLite has refused a statement or a row, so that its transaction is as it was before.</summary>
    public static bool IsRefusal(DbException failure) => SqliteCode(failure) is { } code && Refusals.Contains(code);

    /// <summary>
    /// Whether the database has undone a transaction for the sake of another, or has let it wait for another in vain; it may succeed when it is repeated.
    /// </summary>
    public static bool IsConflict(DbException failure) =>
        failure.SqlState is SerializationFailure or DeadlockDetected || (SqliteCode(failure) is { } code && OtherWriter.Contains(code));

    /// <inheritdoc cref="IsConflict(DbException)"/>
    public static bool IsConflict(SessionStoreException failure) => failure.InnerException is DbException inner && IsConflict(inner);

    /// <summary>Whether others hold a lock that was waited for as long as was asked, or that they wait for us with.</summary>
    public static bool IsHeldLock(DbException failure) => failure.SqlState is LockNotAvailable or DeadlockDetected;

    /// <summary>The provider's failure; null for any other. What a schema change meets in passing, EF Core wraps in advice to repeat it.</summary>
    public static DbException? Within(Exception failure) => failure as DbException ?? (failure as InvalidOperationException)?.InnerException as DbException;

    /// <summary>Whether the line to the server was lost. What was asked may have been done or not.</summary>
    public static bool IsLostLine(DbException failure) => failure is { IsTransient: true, SqlState: null } && !IsTimeOut(failure);

    /// <summary>Whether asking again may be answered.</summary>
    public static bool IsPassing(DbException failure) => IsConflict(failure) || IsLostLine(failure);

    // A full pool, a server that does not answer, a statement that takes too long: whoever asks has waited long enough, and a database that is busy is not asked the same again.
    private static bool IsTimeOut(DbException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException)
                return true;
        }

        return false;
    }

    private static bool IsSchema(DbException failure) => failure.SqlState is UndefinedTable or UndefinedColumn
        || (SqliteCode(failure) == SqliteError && Array.Exists(SqliteSchema, words => failure.Message.Contains(words, StringComparison.Ordinal)));

    // The provider is the host's choice; the library does not refer to it.
    private static int? SqliteCode(DbException failure) => failure.GetType().GetProperty("SqliteErrorCode")?.GetValue(failure) as int?;
}
