using System.Collections.Immutable;

namespace Rescue.Sessions.Lifecycle;

/// <summary>What happened to one session, oldest first. Immutable.</summary>
/// <param name="Events">The entries in order.</param>
public sealed record SessionHistory(ImmutableArray<SessionEvent> Events)
{
    /// <summary>How long the session has been in <paramref name="status"/>, all visits added up, seen at <paramref name="now"/>.</summary>
    public TimeSpan TimeIn(SessionStatus status, DateTimeOffset now)
    {
        var total = TimeSpan.Zero;
        for (var i = 0; i < Events.Length; i++)
        {
            if (Events[i].To == status)
                total += Later(i + 1 < Events.Length ? Events[i + 1].At : now, Events[i].At) - Events[i].At;
        }

        return total;
    }

    /// <summary>The time in each status that the session has been in, seen at <paramref name="now"/>; a closed session's clock has stopped.</summary>
    public IReadOnlyDictionary<SessionStatus, TimeSpan> TimePerStatus(DateTimeOffset now) =>
        Events.Select(e => e.To).Where(s => s != SessionStatus.Closed).Distinct().ToDictionary(s => s, s => TimeIn(s, now));

    // An event written by a node whose clock is ahead must not make a negative time.
    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
