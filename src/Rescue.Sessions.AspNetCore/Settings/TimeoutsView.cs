using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The times an administrator has set, in minutes; null where the host's configuration holds, 0 for never.</summary>
internal sealed record TimeoutsView(int? CodeValidityMinutes, int? ConnectingMinutes, int? WaitingMinutes, int? ActiveIdleMinutes, long? Version)
{
    public static TimeoutsView Of(TimeoutSettings timeouts, SettingVersion? version) => new(
        timeouts.CodeValidityMinutes, timeouts.ConnectingMinutes, timeouts.WaitingMinutes, timeouts.ActiveIdleMinutes, version?.Version);
}
