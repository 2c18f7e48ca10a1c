using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The language and time zone of messages, null where the host's configuration holds; and, as <c>effective</c>, what holds.</summary>
internal sealed record EmailDefaultsView(string? Language, string? TimeZone, EffectiveEmailDefaultsView Effective, long? Version)
{
    public static EmailDefaultsView Of(EmailDefaults defaults, EmailDefaults effective, SettingVersion? version) =>
        new(defaults.Language, defaults.TimeZone, new(effective.Language!, effective.TimeZone!), version?.Version);
}
