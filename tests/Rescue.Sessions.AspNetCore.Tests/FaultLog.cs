using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.AspNetCore.Tests;

/// <summary>Keeps what is logged as an error, and what as a warning.</summary>
internal sealed class FaultLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<string> warnings = new();

    public IReadOnlyCollection<string> All => faults;

    public IReadOnlyCollection<string> Warnings => warnings;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            (logLevel == LogLevel.Warning ? warnings : faults).Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
