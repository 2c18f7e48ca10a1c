using System.Data.Common;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>What a provider throws, as what a store throws.</summary>
internal static class StoreFailure
{
    // SQLSTATE unique_violation (ISO/IEC 9075-2, and the list of codes in PostgreSQL's manual, appendix A).
    private const string UniqueViolation = "23505";

    public static SessionStoreException Of(DbException failure) =>
        new("The database could not do what was asked; the inner exception says why.", failure);

    /// <summary>Whether a failure is a unique index that refused a row.</summary>
    public static bool IsDuplicate(SessionStoreException failure) => failure.InnerException is DbException { SqlState: UniqueViolation };
}
