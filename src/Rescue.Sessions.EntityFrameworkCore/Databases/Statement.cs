using System.Data.Common;

namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>One SQL statement with its values. The text is the same each time, so that a database prepares it once.</summary>
internal readonly record struct Statement(string Sql, params (string Name, object? Value)[] Values)
{
    /// <summary>Gives back so many rows as the value <c>limit</c> says.</summary>
    // SQLite plans a statement anew for each value that may decide how it is best run, which costs more than most statements. It does not look into a sum.
    public const string Limit = "LIMIT @limit + 0";

    /// <summary>Gives the values to a command or to a part of a batch.</summary>
    public void Bind(DbParameterCollection parameters, Func<DbParameter> create)
    {
        foreach (var (name, value) in Values)
        {
            var parameter = create();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            parameters.Add(parameter);
        }
    }
}
