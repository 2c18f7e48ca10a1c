using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Stores;

/// <summary>A session in memory, with what happened to it. Its owner's lock guards it.</summary>
internal sealed class InMemorySession(StoredSession stored, string? idempotencyKey)
{
    // Nothing more happens to a customer who does not come.
    private SessionEvent? first;
    private ImmutableArray<SessionEvent> further = [];

    public StoredSession Stored { get; set; } = stored;

    public string? IdempotencyKey { get; } = idempotencyKey;

    public ImmutableArray<SessionEvent> History => first is null ? [] : [first, .. further];

    public void Add(SessionEvent happened)
    {
        if (first is null)
            first = happened;
        else
            further = further.Add(happened);
    }
}
