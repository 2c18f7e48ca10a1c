using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// Takes those for seen now of whom an earlier version has noted their presence alone, so that they too are forgotten once nobody has seen them for long. It looks at
/// each start, because nodes of the earlier version may have noted some meanwhile.
/// </summary>
internal sealed class SightUpgrade(Database database, TimeProvider time)
{
    /// <exception cref="Stores.SessionStoreException">The database failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A node that only starts again writes nothing.
        var found = await database.ReadAsync(
            new("SELECT 1 FROM rescue_presence WHERE seen_at IS NULL LIMIT 1"), _ => true, cancellationToken).ConfigureAwait(false);
        if (found.Count > 0)
        {
            await database.WriteAsync(
                [new("UPDATE rescue_presence SET seen_at = @now WHERE seen_at IS NULL", ("now", time.GetUtcNow().UtcTicks))], cancellationToken).ConfigureAwait(false);
        }
    }
}
