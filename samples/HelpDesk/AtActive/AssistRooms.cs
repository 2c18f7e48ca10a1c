using System.Collections.Concurrent;

namespace HelpDesk.AtActive;

/// <summary>The rooms that are open, by their sessions' hand-over secrets. In memory: both ends must reach the same process.</summary>
internal sealed class AssistRooms
{
    private readonly ConcurrentDictionary<string, Opened> _rooms = new(StringComparer.Ordinal);

    /// <summary>Opens the room of an active session, or joins in it from another window; disposing the key closes it with the last.</summary>
    public Key Open(string secret)
    {
        var opened = _rooms.AddOrUpdate(secret, _ => new(new AssistRoom(), 1), (_, known) => known with { Windows = known.Windows + 1 });
        return new(this, secret, opened.Room);
    }

    /// <summary>The room that a secret opens; null when there is none.</summary>
    public AssistRoom? Find(string secret) => _rooms.GetValueOrDefault(secret)?.Room;

    private Task CloseAsync(string secret)
    {
        while (_rooms.TryGetValue(secret, out var known))
        {
            if (known.Windows > 1 && _rooms.TryUpdate(secret, known with { Windows = known.Windows - 1 }, known))
                return Task.CompletedTask;
            if (known.Windows == 1 && _rooms.TryRemove(new(secret, known)))
                return known.Room.EndAsync();
        }

        return Task.CompletedTask;
    }

    internal sealed class Key(AssistRooms rooms, string secret, AssistRoom room) : IAsyncDisposable
    {
        public AssistRoom Room => room;

        public ValueTask DisposeAsync() => new(rooms.CloseAsync(secret));
    }

    private sealed record Opened(AssistRoom Room, int Windows);
}
