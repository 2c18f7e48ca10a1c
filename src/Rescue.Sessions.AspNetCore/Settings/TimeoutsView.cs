using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>
/// The times an administrator has set, in minutes; null where the host's configuration holds, 0 for never. As <c>effective</c>, what holds for technicians
/// whose group has no times of its own.
/// </summary>
internal sealed record TimeoutsView(
    int? CodeValidityMinutes, int? ConnectingMinutes, int? WaitingMinutes, int? ActiveIdleMinutes, EffectiveTimeoutsView Effective, long? Version)
{
    public static TimeoutsView Of(TimeoutSettings timeouts, SettingVersion? version, RescueSessionsOptions options, string tenant) => new(
        timeouts.CodeValidityMinutes,
        timeouts.ConnectingMinutes,
        timeouts.WaitingMinutes,
        timeouts.ActiveIdleMinutes,
        EffectiveTimeoutsView.Of(timeouts, options, tenant),
        version?.Version);
}
