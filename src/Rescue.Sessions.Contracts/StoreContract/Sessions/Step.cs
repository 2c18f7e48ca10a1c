using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>One attempt to change one of a few sessions.</summary>
public sealed record Step(int Session, SessionTrigger Trigger, int Minutes, int Instance, int Selector, bool Overdue)
{
    private static readonly KeyedHash[] Instances = [Hashes.New(), Hashes.New()];

    public SessionSelector Select(SessionId id, Draft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Selector switch
        {
            0 => SessionSelector.ById(id),
            1 => SessionSelector.ByPin(draft.Pin),
            2 => SessionSelector.ByLivePin(draft.Pin, Draft.Morning.AddMinutes(Minutes), [Instances[Instance]]),
            _ => SessionSelector.ByToken(draft.Token),
        };
    }

    public (SessionGuard Guard, SessionChange Change) Build(StoredSession current)
    {
        ArgumentNullException.ThrowIfNull(current);
        var now = Draft.Morning.AddMinutes(Minutes);
        var guard = new SessionGuard { Now = now, Overdue = Overdue };
        var change = Changes.Of(Trigger, now);
        if (Trigger == SessionTrigger.Join)
            return (guard with { Instance = [Instances[Instance]] }, change with { Join = new(Instances[Instance], Hashes.New()) });
        return Trigger == SessionTrigger.Ready && current.AppletKey is { } key
            ? (guard with { AppletKey = [key] }, change)
            : (guard, change);
    }
}
