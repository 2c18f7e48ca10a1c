using System.Runtime.CompilerServices;
using Rescue.Sessions.AspNetCore.Events;
using Rescue.Sessions.Feed;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>
/// What technicians are sent of an update. All who have no part in the session get the same bytes, which are made once however many they are; its owner,
/// and the two between whom it is offered, get their own. Thread-safe.
/// </summary>
internal sealed class TechnicianFrames(SessionEvents events)
{
    private readonly ConditionalWeakTable<SessionUpdate, Lazy<byte[]>> common = [];

    public byte[] Of(SessionUpdate update, Technician viewer)
    {
        if (HasPartIn(update.Session, viewer))
            return Write(update, viewer);
        return common.TryGetValue(update, out var written)
            ? written.Value
            : common.GetValue(update, fresh => new(() => Write(fresh, viewer))).Value;
    }

    private static bool HasPartIn(Session? session, Technician viewer) =>
        session?.Owner?.Id == viewer.Id || session?.Offer?.To == viewer.Id || session?.Offer?.From.Id == viewer.Id;

    private byte[] Write(SessionUpdate update, Technician viewer)
    {
        var happened = update.Event;
        var session = update.Session is null ? null : SessionView.Of(update.Session, viewer, events.HandOverOf(viewer, update));
        var view = new SessionEventView(
            happened.Session.ToString(), happened.Kind, happened.Trigger, happened.At, happened.From, happened.To, happened.Detail, session);
        return EventFrame.Of("session", happened.Sequence, view, TechnicianJson.Default.SessionEventView);
    }
}
