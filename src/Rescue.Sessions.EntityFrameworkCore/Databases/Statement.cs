namespace Rescue.Sessions.EntityFrameworkCore.Databases;

/// <summary>One SQL statement with its values. The text is the same each time, so that a database prepares it once.</summary>
internal readonly record struct Statement(string Sql, params (string Name, object? Value)[] Values);
