using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Rescue.Sessions.Email;

/// <summary>Keeps what the log is told.</summary>
internal sealed class LoggedLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LoggedLine Line)> lines = new();

    public IReadOnlyList<LoggedLine> Of(string category) => [.. lines.Where(line => line.Category == category).Select(line => line.Line)];

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, lines);

    public void Dispose()
    {
    }

    internal sealed record LoggedLine(int Id, string Text, Exception? Failure);

    private sealed class Category(string name, ConcurrentQueue<(string Category, LoggedLine Line)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((name, new(eventId.Id, formatter(state, exception), exception)));
    }
}
