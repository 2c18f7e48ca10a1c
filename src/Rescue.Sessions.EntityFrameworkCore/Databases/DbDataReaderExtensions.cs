using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

internal static class DbDataReaderExtensions
{
    /// <summary>Every row that is left, in order.</summary>
    public static async ValueTask<List<TRow>> ReadAllAsync<TRow>(this DbDataReader reader, Func<DbDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }
}
