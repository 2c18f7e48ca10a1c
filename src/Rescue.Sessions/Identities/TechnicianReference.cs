namespace Rescue.Sessions;

/// <summary>A technician as a session remembers them.</summary>
/// <param name="Id">The host's id of the technician.</param>
/// <param name="Name">Their name at that time.</param>
public sealed record TechnicianReference(string Id, string Name)
{
    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"Technician {Id}";
}
