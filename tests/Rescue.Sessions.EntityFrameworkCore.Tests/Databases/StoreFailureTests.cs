using Microsoft.Data.Sqlite;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

public sealed class StoreFailureTests
{
    private const int SqliteError = 1;

    [Theory]
    [InlineData("no such table: rescue_setting", true)]
    [InlineData("no such column: s.value", true)]
    [InlineData("table rescue_setting has no column named value", true)]
    [InlineData("fts5: syntax error near \"\"", false)]
    [InlineData("cannot start a transaction within a transaction", false)]
    public void Of_AMistakeInAStatement_TellsOfTheTablesWhereTheyAreMeant(string problem, bool isSchema) =>
        StoreFailure.Of(new SqliteException($"SQLite Error 1: '{problem}'.", SqliteError)).Message.Contains("migrations", StringComparison.Ordinal).Should().Be(isSchema);

    [Theory]
    [InlineData("42P01", true)]
    [InlineData("42703", false)]
    [InlineData("57P03", false)]
    public void Of_ATableThatPostgreSqlDoesNotFind_TellsOfTheSearchPath(string state, bool isTold) =>
        StoreFailure.Of(new PostgresException("no", "ERROR", "ERROR", state)).Message.Contains("Search Path", StringComparison.Ordinal).Should().Be(isTold);
}
