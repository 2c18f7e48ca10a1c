using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

internal sealed class PostgreSqlDbContext(DbContextOptions options) : RescueSessionsDbContext(options)
{
    public override FormattableString SelectIsThere =>
        $"""SELECT count(*)::int AS "Value" FROM pg_class WHERE oid = to_regclass('rescue_session')""";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Both are made of the number of the writing transaction.
        modelBuilder.Entity<EventRow>().Property(row => row.Sequence).ValueGeneratedNever();
        modelBuilder.Entity<OutboxRow>().Property(row => row.Position).ValueGeneratedNever();
    }
}
