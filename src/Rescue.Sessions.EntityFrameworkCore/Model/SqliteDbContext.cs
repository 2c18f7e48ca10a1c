using Microsoft.EntityFrameworkCore;

namespace Rescue.Sessions.EntityFrameworkCore.Model;

internal sealed class SqliteDbContext(DbContextOptions options) : RescueSessionsDbContext(options)
{
    public override FormattableString SelectIsThere =>
        $"SELECT count(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = 'rescue_session'";
}
