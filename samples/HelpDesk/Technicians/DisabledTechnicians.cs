using HelpDesk.Data;

namespace HelpDesk.Technicians;

/// <summary>The technicians who may not sign in. Kept in a file, because their cookies outlive a restart too. Thread-safe.</summary>
internal sealed class DisabledTechnicians
{
    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly HashSet<string> _disabled;
    private readonly Dictionary<string, CancellationTokenSource> _watched = [];

    public DisabledTechnicians(SampleData data)
    {
        _file = data.PathOf("disabled-technicians.txt");
        _disabled = File.Exists(_file) ? [.. File.ReadAllLines(_file)] : [];
    }

    public bool Contains(string? id)
    {
        lock (_lock)
            return id is not null && _disabled.Contains(id);
    }

    /// <summary>Cancelled as soon as the technician is disabled.</summary>
    public CancellationToken WhenDisabled(string id)
    {
        lock (_lock)
        {
            if (_disabled.Contains(id))
                return new CancellationToken(canceled: true);
            if (!_watched.TryGetValue(id, out var source))
                _watched[id] = source = new CancellationTokenSource();
            return source.Token;
        }
    }

    public void Add(string id)
    {
        CancellationTokenSource? watched;
        lock (_lock)
        {
            if (_disabled.Add(id))
                Write();
            _watched.Remove(id, out watched);
        }

        // Outside of the lock: this ends requests, and they may look here.
        watched?.Cancel();
    }

    public void Remove(string id)
    {
        lock (_lock)
        {
            if (_disabled.Remove(id))
                Write();
        }
    }

    // Written aside and moved, so that a killed process leaves no half list.
    private void Write()
    {
        File.WriteAllLines(_file + ".new", _disabled);
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
