using System.Data.Common;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Rescue.Sessions.EntityFrameworkCore.Hosting;

/// <summary>What the library adds to a connection string of direct connections that does not say otherwise.</summary>
internal static class PostgreSqlConnectionString
{
    // Planning a statement again each time costs the server more than running it. Cleaning a connection that is given back is for what a
    // session keeps, and the library keeps nothing in one; an open transaction is rolled back all the same.
    private static readonly (string Name, object Value)[] Defaults = [("Max Auto Prepare", 64), ("No Reset On Close", true)];

    /// <summary>
    /// Whether the host gave a connection string and nothing besides. What a data source adds, such as passwords that change, and what an open
    /// connection no longer tells would be lost with another text.
    /// </summary>
    public static bool IsAllThereIs(IDbContextOptionsExtension provider) =>
        provider is RelationalOptionsExtension { ConnectionString: not null }
        && Property(provider, "DataSource") is null
        && Property(provider, "DataSourceBuilderAction") is null;

    public static string Tune(string text)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = text };
        var said = settings.Keys.Cast<string>().Select(Plain).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Defaults.Where(setting => !said.Contains(Plain(setting.Name))))
            settings[name] = value;
        return settings.ConnectionString;
    }

    // The provider is the host's choice; the library does not refer to it.
    private static object? Property(object provider, string name) => provider.GetType().GetProperty(name)?.GetValue(provider);

    // The provider takes a name with or without its spaces.
    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal);
}
