using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Tests.Telemetry;

/// <summary>Takes down every word that the library writes to logs, metrics and traces.</summary>
sealed class Recorder : ILoggerProvider, ILogger
{
    private readonly MeterListener meters = new();
    private readonly ActivityListener activities = new()
    {
        ShouldListenTo = source => source.Name == SessionTelemetry.Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Recorder()
    {
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SessionTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            Metrics.Enqueue($"{instrument.Name}={value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}:{tag.Value}"))}"));
        meters.Start();
        activities.ActivityStopped = activity =>
            Activities.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Concat(activity.Baggage.Select(b => new KeyValuePair<string, object?>(b.Key, b.Value))))}");
        ActivitySource.AddActivityListener(activities);
    }

    public ConcurrentQueue<string> Logs { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    public ConcurrentQueue<string> Activities { get; } = new();

    public IEnumerable<string> Everything => [.. Logs, .. Metrics, .. Activities];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Logs.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
        Logs.Enqueue($"{eventId.Id} {formatter(state, exception)} {values} {exception}");
    }

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }
}
