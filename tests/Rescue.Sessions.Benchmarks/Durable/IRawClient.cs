namespace Rescue.Sessions.Benchmarks.Durable;

/// <summary>A connection as a hand-written program has it: everything prepared, nothing looked up. One caller at a time.</summary>
internal interface IRawClient : IDisposable
{
    /// <summary>Runs the statements that it was opened with, with these values, in one transaction.</summary>
    ValueTask ExecuteAsync(IReadOnlyList<RawStatement> statements);
}
