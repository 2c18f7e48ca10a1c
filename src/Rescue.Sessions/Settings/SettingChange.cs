namespace Rescue.Sessions.Settings;

/// <summary>The next version of a document, to be saved.</summary>
public sealed record SettingChange
{
    /// <summary>The most characters of <see cref="Name"/>.</summary>
    public const int MaxNameLength = 128;

    /// <summary>The tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The document's name, 1 to 128 characters; case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>The document as JSON; null to go back to the default.</summary>
    public string? Value { get; init; }

    /// <summary>Who saves it.</summary>
    public required TechnicianReference By { get; init; }

    /// <summary>When it is saved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version that the author saw, 0 for none; saving is refused when there is a later one. Null saves whatever there is.</summary>
    public long? BasedOn { get; init; }

    /// <summary>The version that this change becomes.</summary>
    public SettingVersion ToVersion(long version) => new()
    {
        Tenant = Tenant, Name = Name, Version = version, Value = Value, SavedBy = By, SavedAt = At,
    };

    /// <summary>No value, which may hold names and addresses.</summary>
    public override string ToString() => $"SettingChange of {Name}";
}
