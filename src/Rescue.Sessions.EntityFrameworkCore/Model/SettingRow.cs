namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>One version of one of a tenant's documents.</summary>
internal sealed class SettingRow
{
    public required string Tenant { get; set; }

    public required string Name { get; set; }

    public long Version { get; set; }

    public string? Value { get; set; }

    public required string SavedById { get; set; }

    public required string SavedByName { get; set; }

    public long SavedAt { get; set; }
}
