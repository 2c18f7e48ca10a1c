using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Work that one node does for all.</summary>
internal sealed class LeaseTable(Database database)
{
    public async ValueTask<bool> TryTakeAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Whoever comes in vain writes nothing.
        var held = await database.ReadAsync(
            new("SELECT holder, held_until FROM rescue_lease WHERE name = @name", ("name", work)),
            row => (Holder: row.GetString(0), Until: row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        if (held is [var lease] && lease.Holder != holder && lease.Until > now.UtcTicks && lease.Until <= Latest(now, until))
            return false;
        return await database.ExecuteAsync(
            new(
                """
                INSERT INTO rescue_lease (name, holder, held_until) VALUES (@name, @holder, @until)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
                WHERE rescue_lease.holder = excluded.holder OR rescue_lease.held_until <= @now OR rescue_lease.held_until > @latest
                """,
                ("name", work), ("holder", holder), ("until", until.UtcTicks), ("now", now.UtcTicks), ("latest", Latest(now, until))),
            cancellationToken).ConfigureAwait(false) > 0;
    }

    // A lease that ends much later than a new one would was taken while a clock was ahead.
    private static long Latest(DateTimeOffset now, DateTimeOffset until) => until.UtcTicks + (until - now).Ticks;
}
