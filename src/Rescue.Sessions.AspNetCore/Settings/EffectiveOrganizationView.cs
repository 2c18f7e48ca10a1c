using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>An organisation as it shows itself now.</summary>
internal sealed record EffectiveOrganizationView(
    string Name,
    string? SenderAddress,
    string SenderName,
    string ReplyTo,
    string PublicBaseUri,
    string? Logo,
    string AccentColor,
    string? Phone,
    string? Url,
    IReadOnlyList<string> Languages,
    string TimeZone,
    IReadOnlyDictionary<string, string> Wording)
{
    public static EffectiveOrganizationView Of(Organization organization) => new(
        organization.Name,
        organization.SenderAddress,
        organization.SenderName,
        organization.ReplyTo,
        organization.PublicBaseUri.AbsoluteUri,
        organization.Logo?.DataUri,
        organization.AccentColor,
        organization.Phone,
        organization.Url?.AbsoluteUri,
        organization.Languages,
        organization.TimeZone,
        organization.Wording);
}
