using System.Collections.Concurrent;
using Rescue.Sessions;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guests;

namespace HelpDesk.AtActive;

/// <summary>The rooms that are open, by their sessions' hand-over secrets. In memory: all ends must reach the same process.</summary>
internal sealed class AssistRooms
{
    private readonly ConcurrentDictionary<string, Opened> _rooms = new(StringComparer.Ordinal);

    /// <summary>Opens the room of an active session, or joins in it from another window; disposing the key closes it with the last.</summary>
    public Key Open(Session session, HandOverSecret secret)
    {
        // The secret is the same after an interruption, while a window that was hung up on may still hold the room that has ended.
        var opened = _rooms.AddOrUpdate(
            secret.Text, _ => New(), (_, known) => known.Room.IsOver ? New() : known with { Windows = known.Windows + 1 });
        return new(this, secret.Text, opened.Room);

        Opened New() => new(new AssistRoom(session, secret), 1);
    }

    /// <summary>The room that a session's secret opens; null when there is none.</summary>
    public AssistRoom? Find(string secret) => _rooms.GetValueOrDefault(secret)?.Room;

    /// <summary>The room that a guest's secret opens while their visit lasts; null when there is none.</summary>
    public (AssistRoom Room, Guest Guest)? FindGuest(string secret, DateTimeOffset now)
    {
        foreach (var (room, _) in _rooms.Values)
        {
            if (room.FindGuest(secret, now) is { } guest)
                return (room, guest);
        }

        return null;
    }

    private void Close(string secret, AssistRoom room)
    {
        while (_rooms.TryGetValue(secret, out var known) && known.Room == room)
        {
            if (known.Windows > 1 && _rooms.TryUpdate(secret, known with { Windows = known.Windows - 1 }, known))
                return;
            if (known.Windows == 1 && _rooms.TryRemove(new(secret, known)))
            {
                known.Room.End();
                return;
            }
        }
    }

    internal sealed class Key(AssistRooms rooms, string secret, AssistRoom room) : IDisposable
    {
        public AssistRoom Room => room;

        public void Dispose() => rooms.Close(secret, room);
    }

    private sealed record Opened(AssistRoom Room, int Windows);
}
