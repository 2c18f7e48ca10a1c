using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Work that one node does for all.</summary>
internal sealed class LeaseTable(Database database)
{
    public async ValueTask<bool> TryTakeAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var request = new LeaseRequest("rescue_lease", work, holder, now, until);
        if (await request.IsTakenAsync(database, cancellationToken).ConfigureAwait(false))
            return false;
        return await database.ExecuteAsync(
            new(
                $"""
                INSERT INTO rescue_lease (name, holder, held_until) VALUES (@name, @holder, @until)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until WHERE {request.MayTake}
                """,
                request.Values),
            cancellationToken).ConfigureAwait(false) > 0;
    }
}
