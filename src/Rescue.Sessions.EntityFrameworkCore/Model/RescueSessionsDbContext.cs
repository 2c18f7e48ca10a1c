using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>The tables on their own, with migrations of ours. One type for each engine, because migrations belong to a type.</summary>
internal abstract class RescueSessionsDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The query for whether there is a table of sessions, of whatever shape.</summary>
    public abstract FormattableString SelectIsThere { get; }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddRescueSessions();
}
