using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

internal sealed class SqliteDbContext(DbContextOptions options) : RescueSessionsDbContext(options)
{
    public override FormattableString SelectIsThere =>
        $"SELECT count(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = 'rescue_session'";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // The one writer numbers events as it commits them, and never gives a number twice.
        modelBuilder.Entity<EventRow>().Property(row => row.Sequence).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
        modelBuilder.Entity<OutboxRow>().Property(row => row.Position).ValueGeneratedOnAdd().HasAnnotation("Sqlite:Autoincrement", true);
    }
}
