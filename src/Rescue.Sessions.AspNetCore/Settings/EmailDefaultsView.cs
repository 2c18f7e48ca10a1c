using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The language and time zone of messages; null where the host's configuration holds.</summary>
internal sealed record EmailDefaultsView(string? Language, string? TimeZone, long? Version)
{
    public static EmailDefaultsView Of(EmailDefaults defaults, SettingVersion? version) => new(defaults.Language, defaults.TimeZone, version?.Version);
}
