namespace Rescue.Sessions.Benchmarks;

/// <summary>One figure of docs/performance.md.</summary>
internal interface IFigure
{
    /// <summary>What it is called on the command line, such as <c>p3</c>.</summary>
    string Name { get; }

    /// <summary>What it is about, in as few words as a chart has room for.</summary>
    string Title { get; }

    /// <summary>What is measured and what is promised, in one line.</summary>
    string Promise { get; }

    /// <summary>Measures and writes every pair; false when a target is missed.</summary>
    Task<bool> RunAsync(TextWriter output);
}
