using System.Collections.Concurrent;

namespace Rescue.Sessions.AspNetCore.Protection;

/// <summary>Which kinds of sign-in have told of the same technician when their request was asked about as if it came again: they are not good once. Thread-safe.</summary>
internal sealed class RepeatableSignIns
{
    // A host has few, and a client can name more.
    private const int MostKept = 100;

    // By kind, whether a scheme was asked or the host alone.
    private readonly ConcurrentDictionary<string, bool> kinds = new(StringComparer.Ordinal);

    public void Note(string kind, bool isAsked)
    {
        if (kinds.ContainsKey(kind))
            return;
        // The next stream teaches again what is in use; one that has named a hundred kinds keeps nobody else's away.
        if (kinds.Count >= MostKept)
            kinds.Clear();
        kinds.TryAdd(kind, isAsked);
    }

    public bool Has(string kind) => kinds.ContainsKey(kind);

    /// <summary>Whether a scheme has told of it.</summary>
    public bool IsAsked(string kind) => kinds.GetValueOrDefault(kind);
}
