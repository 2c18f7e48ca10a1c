using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Engines;

/// <summary>Keeps what is logged at one level.</summary>
internal sealed class RecordedLog(LogLevel level) : ILogger
{
    public List<string> Messages { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == level)
            Messages.Add(formatter(state, exception));
    }
}
