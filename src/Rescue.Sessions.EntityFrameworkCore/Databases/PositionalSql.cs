using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>
/// Statements with numbers instead of names for their values, as PostgreSQL itself has them. The provider would otherwise read each text anew, every
/// time it is executed, to replace the names.
/// </summary>
internal static partial class PositionalSql
{
    // There are as many texts as there are statements in this library, and the columns that an update may change together.
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(Statement statement) =>
        Known.GetOrAdd(statement.Sql, static (sql, values) => Name().Replace(sql, match => Number(match.Groups[1].Value, values)), statement.Values);

    public static void Bind(DbParameterCollection parameters, Func<DbParameter> create, Statement statement)
    {
        foreach (var (_, value) in statement.Values)
        {
            var parameter = create();
            parameter.Value = value ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }

    private static string Number(string name, (string Name, object? Value)[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"${Array.FindIndex(values, value => value.Name == name) + 1}");

    [GeneratedRegex("@([a-z0-9_]+)")]
    private static partial Regex Name();
}
