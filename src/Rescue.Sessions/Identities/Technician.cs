namespace Rescue.Sessions;

/// <summary>
/// The technician who acts, as the host product knows them. Immutable.
/// </summary>
/// <remarks>The host makes one from its own sign-in; nothing of it comes from a request's body.</remarks>
public sealed record Technician
{
    /// <summary>The tenant of a product that has only one.</summary>
    public const string DefaultTenant = "default";

    /// <summary>Describes a technician.</summary>
    /// <param name="id">The host's own id, 1 to 128 characters.</param>
    /// <param name="name">The name that customers and colleagues read, 1 to 128 characters.</param>
    /// <exception cref="ArgumentException">A value is empty, too long or holds control characters.</exception>
    public Technician(string id, string name)
    {
        Reference = new(PersonName.Require(id, nameof(id)), PersonName.Require(name, nameof(name)));
    }

    /// <summary>The host's own id of the technician; never shown to customers.</summary>
    public string Id => Reference.Id;

    /// <summary>The name that customers and colleagues read.</summary>
    public string Name => Reference.Name;

    /// <summary>Where a customer's answer to an invitation goes, or null when answers go to the organisation. A blank one is null.</summary>
    public string? Email
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    /// <summary>Names of the technician groups whose rights the technician has.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The tenant whose sessions the technician sees. Sessions of other tenants do not exist for them.</summary>
    /// <exception cref="ArgumentException">It is null, empty or blank.</exception>
    public string Tenant
    {
        get;
        init => field = !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new ArgumentException("A technician's tenant must not be empty. Leave Tenant out, or set it to Technician.DefaultTenant, where the technician has none.", nameof(value));
    } = DefaultTenant;

    /// <summary>What sessions remember of the technician; those made by one share it.</summary>
    internal TechnicianReference Reference { get; }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"Technician {Id}";
}
