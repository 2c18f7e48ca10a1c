using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>The tables on their own, with migrations of ours. One type for each engine, because migrations belong to a type.</summary>
internal abstract class RescueSessionsDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The query for whether there is a table of sessions, of whatever shape.</summary>
    public abstract FormattableString SelectIsThere { get; }

    /// <summary>Waits for others who upgrade, and makes them wait.</summary>
    public virtual Task LockAsync(TimeProvider time, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Lets the others go on.</summary>
    public virtual Task UnlockAsync() => Task.CompletedTask;

    /// <summary>Makes the index of what is searched, where that is not a matter of course and so no part of the schema.</summary>
    public virtual Task IndexSearchAsync(TimeProvider time, ILogger logger, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddRescueSessions();
}
