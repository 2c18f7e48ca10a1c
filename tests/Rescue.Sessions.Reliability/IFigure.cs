namespace Rescue.Sessions.Reliability;

/// <summary>One figure of docs/reliability.md: an attack, the control that proves it would be seen, and the verdict.</summary>
internal interface IFigure
{
    /// <summary>What it is called on the command line, such as <c>r7</c>.</summary>
    string Name { get; }

    /// <summary>What is promised, in one line.</summary>
    string Promise { get; }

    /// <summary>How often it attacks when nothing is said, which is the published run.</summary>
    int FullCount { get; }

    /// <summary>Runs it and writes what was seen; false when the promise is broken.</summary>
    /// <exception cref="VoidRunException">The control saw nothing.</exception>
    Task<bool> RunAsync(RunArguments arguments, TextWriter output, CancellationToken cancellationToken);
}
