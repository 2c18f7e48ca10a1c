using System.Globalization;
using HelpDesk.Data;

namespace HelpDesk.SignIn;

/// <summary>
/// The sign-ins that were ended by a sign-out, which a copy of their cookie must not bring back. Kept in a file, because cookies outlive a restart too, and
/// for as long as a cookie is valid. Thread-safe.
/// </summary>
internal sealed class EndedSignIns
{
    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, DateTimeOffset> _ended;
    private readonly Dictionary<string, CancellationTokenSource> _watched = [];

    public EndedSignIns(SampleData data, TimeProvider time)
    {
        _file = data.PathOf("ended-sign-ins.txt");
        _time = time;
        _ended = File.Exists(_file) ? File.ReadAllLines(_file).Select(line => line.Split(' ')).ToDictionary(parts => parts[0], MomentOf) : [];
    }

    public bool Contains(string id)
    {
        lock (_lock)
            return _ended.ContainsKey(id);
    }

    /// <summary>Cancelled as soon as the sign-in is ended.</summary>
    public CancellationToken WhenEnded(string id)
    {
        lock (_lock)
        {
            if (_ended.ContainsKey(id))
                return new CancellationToken(canceled: true);
            if (!_watched.TryGetValue(id, out var source))
                _watched[id] = source = new CancellationTokenSource();
            return source.Token;
        }
    }

    /// <summary>Ends a sign-in.</summary>
    /// <param name="id">Which.</param>
    /// <param name="validFor">For how long its cookie would still be taken.</param>
    public void Add(string id, TimeSpan validFor)
    {
        var now = _time.GetUtcNow();
        CancellationTokenSource? watched;
        lock (_lock)
        {
            foreach (var (former, until) in _ended)
            {
                if (until <= now)
                    _ended.Remove(former);
            }

            _ended[id] = now + validFor;
            Write();
            _watched.Remove(id, out watched);
        }

        // Outside of the lock: this ends requests, and they may look here.
        watched?.Cancel();
    }

    private static DateTimeOffset MomentOf(string[] parts) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture));

    // Written aside and moved, so that a killed process leaves no half list.
    private void Write()
    {
        File.WriteAllLines(_file + ".new", _ended.Select(ended => $"{ended.Key} {ended.Value.ToUnixTimeSeconds()}"));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
