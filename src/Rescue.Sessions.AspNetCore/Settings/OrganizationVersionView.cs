using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What an administrator has once set for the organisation, null where the product's held. <c>isDefault</c>: the version went back to the product's in all.</summary>
internal sealed record OrganizationVersionView(
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
    bool IsDefault,
    long Version,
    TechnicianView SavedBy,
    DateTimeOffset SavedAt)
{
    public static OrganizationVersionView Of(SavedOrganization saved) => Of(saved, saved.Settings ?? new());

    private static OrganizationVersionView Of(SavedOrganization saved, OrganizationSettings set) => new(
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
        saved.Settings is null,
        saved.Version.Version,
        TechnicianView.Of(saved.Version.SavedBy),
        saved.Version.SavedAt);
}
