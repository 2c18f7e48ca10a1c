using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.EntityFrameworkCore.Migrations.PostgreSql;
using Rescue.Sessions.EntityFrameworkCore.Telemetry;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>
/// The index that finds any part of a name, reference or topic. It needs the extension <c>pg_trgm</c>, which not every host may create; without it searches
/// give the same answers, slowly. It is looked for at each start, so that it comes by itself once somebody has made the extension.
/// </summary>
internal sealed class TrigramIndex(PostgreSqlDbContext context, TimeProvider time, ILogger logger)
{
    public const string Name = "IX_rescue_session_search_text";

    // Where others hold it, the schema change comes again.
    private const string LockNotAvailable = "55P03";
    private const string DeadlockDetected = "40P01";

    // What is new waits in a list that every search reads: it is kept short.
    private const string On = "rescue_session USING gin (search_text gin_trgm_ops) WITH (gin_pending_list_limit = 256)";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await IsThereAsync(cancellationToken).ConfigureAwait(false))
            return;
        await context.LockAsync(time, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await IsThereAsync(cancellationToken).ConfigureAwait(false))
                await MakeAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await context.UnlockAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken) =>
        await context.Database.SqlQuery<bool>(
            $"""SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('"IX_rescue_session_search_text"') AND indisvalid) AS "Value" """)
            .SingleAsync(cancellationToken).ConfigureAwait(false);

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var isDropped = false;
        try
        {
            await context.Database.ExecuteSqlRawAsync("CREATE EXTENSION IF NOT EXISTS pg_trgm", cancellationToken).ConfigureAwait(false);
            await context.Database.ExecuteSqlRawAsync(IndexOperations.DropInvalid(Name), cancellationToken).ConfigureAwait(false);
            isDropped = true;
            await context.Database.ExecuteSqlRawAsync(IndexOperations.Create(Name, On), cancellationToken).ConfigureAwait(false);
        }
        // Taking away stands aside for a moment and comes again; building waits for others as long as the host's own limits let it, and nobody waits for it.
        catch (DbException refusal) when (refusal.SqlState is not null && (isDropped || refusal.SqlState is not (LockNotAvailable or DeadlockDetected)))
        {
            logger.SearchIsSlow(refusal.Message);
        }
    }
}
