using Rescue.Sessions.Presence;

namespace Rescue.Sessions.Colleagues;

/// <summary>A technician of the tenant, to whom sessions may be transferred.</summary>
/// <param name="Id">The host's id of them.</param>
/// <param name="Name">Their name.</param>
/// <param name="Presence">Whether they take transfers.</param>
/// <param name="Active">How many sessions they hold now, those on hold not counted.</param>
public sealed record Colleague(string Id, string Name, TechnicianPresence Presence, int Active)
{
    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"Colleague {Id} ({Presence})";
}
