using Microsoft.EntityFrameworkCore;
using Rescue.Sessions.EntityFrameworkCore.Hosting;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Hosting;

public sealed class DatabaseFactoryTests
{
    [Theory]
    [InlineData("npgsql", null)]
    [InlineData("npgsql", "")]
    [InlineData("sqlite", null)]
    [InlineData("sqlite", "")]
    public void Factory_NoConnectionString_SaysWhereItIsLookedFor(string provider, string? connectionString)
    {
        var making = () => new DatabaseFactory(options => _ = provider == "npgsql" ? options.UseNpgsql(connectionString) : options.UseSqlite(connectionString));

        making.Should().Throw<InvalidOperationException>().WithMessage("UseEntityFrameworkCore was given no connection string.*ConnectionStrings:HelpDesk*");
    }

    [Theory]
    [InlineData("npgsql", "Hots=127.0.0.1", "*hots*")]
    [InlineData("npgsql", "Host=127.0.0.1;Port=many", "*Port*")]
    [InlineData("npgsql", "127.0.0.1", "*")]
    [InlineData("sqlite", "Data Sauce=sessions.db", "*data sauce*")]
    public void Factory_MistypedConnectionString_SaysThatItIsOne(string provider, string connectionString, string what)
    {
        var making = () => new DatabaseFactory(options => _ = provider == "npgsql" ? options.UseNpgsql(connectionString) : options.UseSqlite(connectionString));

        making.Should().Throw<InvalidOperationException>().WithMessage("The connection string that UseEntityFrameworkCore was given cannot be read: " + what);
    }
}
