using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record HistoryView(
    DateTimeOffset At,
    SessionEventKind Kind,
    SessionTrigger? Trigger,
    SessionActor Actor,
    string? ActorName,
    SessionStatus From,
    SessionStatus To,
    string? Detail)
{
    // Signs of activity would hide what happened among them.
    public static HistoryView[] Of(SessionHistory history) =>
        [.. history.Events.Where(happened => happened.Kind != SessionEventKind.Activity).Select(Of)];

    public static HistoryView Of(SessionEvent happened) => new(
        happened.At, happened.Kind, happened.Trigger, happened.Actor, happened.By?.Name, happened.From, happened.To, happened.Detail);
}
