using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>Asks for a lease: a row of a table with <c>name</c>, <c>holder</c> and <c>held_until</c>.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">What the lease is for.</param>
/// <param name="Holder">Who asks.</param>
/// <param name="Now">The moment.</param>
/// <param name="Until">When the lease would end.</param>
internal sealed record LeaseRequest(string Table, string Name, string Holder, DateTimeOffset Now, DateTimeOffset Until)
{
    /// <summary>The condition of an upsert on which the row that is there becomes the holder's: it is theirs, is over, or was taken while a clock was ahead.</summary>
    public string MayTake => $"{Table}.holder = excluded.holder OR {Table}.held_until <= @now OR {Table}.held_until > @latest";

    /// <summary>What the row and the condition are made of.</summary>
    public (string Name, object? Value)[] Values =>
        [("name", Name), ("holder", Holder), ("until", Until.UtcTicks), ("now", Now.UtcTicks), ("latest", Latest)];

    // A lease that ends much later than a new one would was taken while a clock was ahead.
    private long Latest => Until.UtcTicks + (Until - Now).Ticks;

    /// <summary>Whether somebody else has it, so that whoever comes in vain writes nothing.</summary>
    public async ValueTask<bool> IsTakenAsync(Database database, CancellationToken cancellationToken)
    {
        var held = await database.ReadAsync(
            new($"SELECT holder, held_until FROM {Table} WHERE name = @name", ("name", Name)),
            row => (Holder: row.GetString(0), Until: row.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
        return held is [var lease] && lease.Holder != Holder && lease.Until > Now.UtcTicks && lease.Until <= Latest;
    }
}
