using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rescue.Sessions.EntityFrameworkCore.Hosting;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Hosting;

public sealed class PostgreSqlConnectionStringTests
{
    private const string Text = "Host=db.example.org;Username=rescue;Password=se;Maximum Pool Size=7";

    [Fact]
    public void Tune_SaysNothing_GetsThePreparationAndKeepsTheRest()
    {
        var tuned = new NpgsqlConnectionStringBuilder(PostgreSqlConnectionString.Tune(Text));

        tuned.MaxAutoPrepare.Should().Be(64);
        tuned.NoResetOnClose.Should().BeTrue();
        tuned.Password.Should().Be("se");
        tuned.MaxPoolSize.Should().Be(7);
    }

    [Theory]
    [InlineData("Max Auto Prepare=0;No Reset On Close=false")]
    [InlineData("maxautoprepare=0;NoResetOnClose=false")]
    public void Tune_HostHasSaid_IsObeyed(string said)
    {
        var tuned = new NpgsqlConnectionStringBuilder(PostgreSqlConnectionString.Tune($"{Text};{said}"));

        tuned.MaxAutoPrepare.Should().Be(0);
        tuned.NoResetOnClose.Should().BeFalse();
    }

    [Fact]
    public void IsAllThereIs_DataSource_IsLeftAlone()
    {
        using var source = NpgsqlDataSource.Create(Text);

        IsAllThereIs(options => options.UseNpgsql(Text)).Should().BeTrue();
        IsAllThereIs(options => options.UseNpgsql(source)).Should().BeFalse();
        IsAllThereIs(options => options.UseNpgsql(Text, npgsql => npgsql.ConfigureDataSource(_ => { }))).Should().BeFalse();
    }

    private static bool IsAllThereIs(Action<DbContextOptionsBuilder> configure)
    {
        var builder = new DbContextOptionsBuilder();
        configure(builder);
        return PostgreSqlConnectionString.IsAllThereIs(builder.Options.Extensions.Single(extension => extension.Info.IsDatabaseProvider));
    }
}
