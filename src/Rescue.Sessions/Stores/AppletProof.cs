using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Stores;

/// <summary>By what an applet that has joined is known again, and how often it was. Most sessions of a busy product have none yet, so it is apart.</summary>
internal sealed record AppletProof(KeyedHash? Instance, KeyedHash? Key, RejoinWindow? Rejoins)
{
    public static readonly AppletProof None = new(null, null, null);
}
