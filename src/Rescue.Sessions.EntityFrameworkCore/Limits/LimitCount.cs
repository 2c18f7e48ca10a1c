using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Limits;

/// <summary>What the database has counted for a limit, in the window before and in this one, before anything was taken.</summary>
internal readonly record struct LimitCount(string Key, int Before, int Count, bool IsTaken)
{
    public static LimitCount Read(DbDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3) > 0);
}
