using HelpDesk.Data;

namespace HelpDesk.Technicians;

/// <summary>
/// The technicians who may not sign in. Kept in a file, because their cookies outlive a restart too and reach every copy of the program. Thread-safe.
/// </summary>
internal sealed class DisabledTechnicians(SampleData data)
{
    private readonly SharedNames _disabled = new(data.PathOf("disabled-technicians.txt"));

    public bool Contains(string? id) => id is not null && _disabled.Contains(id);

    /// <summary>Cancelled as soon as the technician is disabled.</summary>
    public CancellationToken WhenDisabled(string id) => _disabled.WhenThere(id);

    public void Add(string id) => _disabled.Change(disabled => disabled[id] = "");

    public void Remove(string id) => _disabled.Change(disabled => disabled.Remove(id));
}
