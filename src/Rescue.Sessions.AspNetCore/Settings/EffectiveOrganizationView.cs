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
    /// <param name="organization">The organisation.</param>
    /// <param name="all">The languages that there are, for one that has set none.</param>
    public static EffectiveOrganizationView Of(Organization organization, IReadOnlyList<string> all) => new(
        organization.Name,
        organization.SenderAddress,
        organization.SenderName,
        organization.ReplyTo,
        organization.PublicBaseUri.AbsoluteUri,
        organization.Logo?.DataUri,
        organization.AccentColor,
        organization.Phone,
        organization.Url?.AbsoluteUri,
        organization.Languages.IsEmpty ? all : organization.Languages,
        organization.TimeZone,
        organization.Wording);
}
