using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>What a node has logged, by the ids of the events. Thread-safe.</summary>
internal sealed class LoggedEvents : ILoggerProvider, ILogger
{
    /// <summary>The pump could not send.</summary>
    public const int PumpFailed = 7;

    /// <summary>A sweep could not record a time-out.</summary>
    public const int SweepFailed = 8;

    /// <summary>The streams wait for the store.</summary>
    public const int StreamsWait = 14;

    /// <summary>A webhook's secret could not be opened.</summary>
    public const int WebhookUnopened = 39;

    /// <summary>What a former key has sealed of webhooks could not be looked for.</summary>
    public const int WebhooksDamaged = 42;

    private readonly ConcurrentDictionary<int, bool> ids = new();

    public bool HaveAll(params ReadOnlySpan<int> events)
    {
        foreach (var id in events)
        {
            if (!ids.ContainsKey(id))
                return false;
        }

        return true;
    }

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Rescue.Sessions", StringComparison.Ordinal) ? this : NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        ids.TryAdd(eventId.Id, true);

    public void Dispose()
    {
    }
}
