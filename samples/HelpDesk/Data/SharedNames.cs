namespace HelpDesk.Data;

/// <summary>
/// Names, each with something that is said of it or nothing, in a file that all copies of the program read and write: one knows what another has written as
/// soon as it looks. Thread-safe.
/// </summary>
internal sealed class SharedNames(string file)
{
    // What was written so close to the look may have been written twice, and a file system tells no two moments apart that are so near.
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly string _lockFile = $"{file}.lock";
    private readonly Dictionary<string, CancellationTokenSource> _watched = [];
    private Dictionary<string, string> _names = [];
    private (DateTime WrittenAt, long Length)? _read;

    public bool Contains(string name)
    {
        bool contains;
        CancellationTokenSource[] found;
        lock (_lock)
        {
            Read();
            contains = _names.ContainsKey(name);
            found = TakeFound();
        }

        Cancel(found);
        return contains;
    }

    /// <summary>Cancelled as soon as the name is there: at once where it was written here, with the next look where another copy has.</summary>
    public CancellationToken WhenThere(string name)
    {
        lock (_lock)
        {
            Read();
            if (_names.ContainsKey(name))
                return new CancellationToken(canceled: true);
            if (!_watched.TryGetValue(name, out var source))
                _watched[name] = source = new CancellationTokenSource();
            return source.Token;
        }
    }

    /// <summary>Changes what is there, as all copies have written it so far.</summary>
    /// <exception cref="IOException">It could not be written, and nothing has changed.</exception>
    public void Change(Action<Dictionary<string, string>> change)
    {
        CancellationTokenSource[] found;
        lock (_lock)
        {
            using (OwnersFile.Lock(_lockFile))
            {
                var names = ReadFile();
                change(names);
                Write(names);
                (_names, _read) = (names, Stamp());
            }

            found = TakeFound();
        }

        Cancel(found);
    }

    private void Read()
    {
        var stamp = Stamp();
        if (stamp == _read && !IsNear(stamp))
            return;
        using (OwnersFile.Lock(_lockFile))
            (_names, _read) = (ReadFile(), Stamp());
    }

    private CancellationTokenSource[] TakeFound()
    {
        string[] found = [.. _watched.Keys.Where(_names.ContainsKey)];
        return [.. found.Select(name => _watched.Remove(name, out var source) ? source : null).OfType<CancellationTokenSource>()];
    }

    // Outside of the lock: this ends requests, and they may look here.
    private static void Cancel(CancellationTokenSource[] found)
    {
        foreach (var source in found)
            source.Cancel();
    }

    private (DateTime WrittenAt, long Length)? Stamp() => new FileInfo(file) is { Exists: true } info ? (info.LastWriteTimeUtc, info.Length) : null;

    private static bool IsNear((DateTime WrittenAt, long Length)? stamp) => stamp?.WrittenAt > TimeProvider.System.GetUtcNow().UtcDateTime - Near;

    private Dictionary<string, string> ReadFile() => File.Exists(file)
        ? File.ReadAllLines(file).Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "")
        : [];

    // Written aside and moved, so that a killed process leaves no half list.
    private void Write(Dictionary<string, string> names)
    {
        File.WriteAllLines($"{file}.new", names.Select(name => $"{name.Key} {name.Value}".TrimEnd()));
        File.Move($"{file}.new", file, overwrite: true);
    }
}
