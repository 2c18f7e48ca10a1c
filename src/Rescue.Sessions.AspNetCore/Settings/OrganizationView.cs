using Rescue.Sessions.Organizations;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What an administrator has set for the organisation, null where the product's holds; and, as <c>effective</c>, what holds.</summary>
internal sealed record OrganizationView(
    string? Name,
    string? SenderAddress,
    string? SenderName,
    string? ReplyTo,
    string? PublicBaseUri,
    string? Logo,
    string? AccentColor,
    string? Phone,
    string? Url,
    IReadOnlyList<string>? Languages,
    string? TimeZone,
    IReadOnlyDictionary<string, string>? Wording,
    EffectiveOrganizationView Effective,
    long? Version)
{
    public static OrganizationView Of(OrganizationSettings set, EffectiveOrganizationView effective, SettingVersion? version) => new(
        set.Name,
        set.SenderAddress,
        set.SenderName,
        set.ReplyTo,
        set.PublicBaseUri,
        set.Logo,
        set.AccentColor,
        set.Phone,
        set.Url,
        set.Languages,
        set.TimeZone,
        set.Wording,
        effective,
        version?.Version);
}
