namespace Rescue.Sessions.Settings;

/// <summary>One version of one document.</summary>
public sealed record SettingVersion
{
    /// <summary>The tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The document's name, 1 to 128 characters; case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>The version's number, from 1, without gaps.</summary>
    public required long Version { get; init; }

    /// <summary>The document as JSON; null when this version went back to the default.</summary>
    public string? Value { get; init; }

    /// <summary>Who saved it.</summary>
    public required TechnicianReference SavedBy { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>No value, which may hold names and addresses.</summary>
    public override string ToString() => $"SettingVersion {Version} of {Name}";
}
