namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>A statement with the values of its parameters <c>$1</c>, <c>$2</c> and so on, in the order of the text.</summary>
internal sealed record RawStatement(string Sql, object[] Values);
