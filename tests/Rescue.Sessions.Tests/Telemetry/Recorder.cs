using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions.Tests.Telemetry;

/// <summary>Takes down every word that the library writes to logs, metrics and traces. Its meters are those of the desk that is given it.</summary>
internal sealed class Recorder : ILoggerProvider, ILogger, IMeterFactory
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
            // Tests beside this one have meters of this name too.
            if (ReferenceEquals(instrument.Meter.Scope, this))
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        meters.Start();
        activities.ActivityStopped = activity =>
            Activities.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Concat(activity.Baggage.Select(b => new KeyValuePair<string, object?>(b.Key, b.Value))))}");
        ActivitySource.AddActivityListener(activities);
    }

    public ConcurrentQueue<string> Logs { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    public ConcurrentQueue<string> Activities { get; } = new();

    // Tests beside this one go on writing: each is copied as it is at one moment.
    public IEnumerable<string> Everything => [.. Logs.ToArray(), .. Metrics.ToArray(), .. Activities.ToArray()];

    public ILogger CreateLogger(string categoryName) => this;

    public Meter Create(MeterOptions options) => new(new MeterOptions(options.Name) { Version = options.Version, Tags = options.Tags, Scope = this });

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

    /// <summary>Asks for what is only told when it is asked for.</summary>
    public void Observe() => meters.RecordObservableInstruments();

    public void Dispose()
    {
        meters.Dispose();
        activities.Dispose();
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : struct =>
        Metrics.Enqueue(string.Create(
            CultureInfo.InvariantCulture, $"{instrument.Name}={value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}:{tag.Value}"))}"));
}
