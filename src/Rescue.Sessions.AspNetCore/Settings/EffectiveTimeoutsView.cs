using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>The times that hold, in minutes, which the host may have configured in parts; 0 for never.</summary>
internal sealed record EffectiveTimeoutsView(double CodeValidityMinutes, double ConnectingMinutes, double WaitingMinutes, double ActiveIdleMinutes)
{
    public static EffectiveTimeoutsView Of(TimeoutSettings set, RescueSessionsOptions options, string tenant)
    {
        var configured = options.TenantTimeouts.TryGetValue(tenant, out var own) ? own : options.Timeouts;
        return new(
            Minutes(set.CodeValidityMinutes, options.Codes.Validity),
            Minutes(set.ConnectingMinutes, configured.Connecting),
            Minutes(set.WaitingMinutes, configured.Waiting),
            Minutes(set.ActiveIdleMinutes, configured.ActiveIdle));
    }

    private static double Minutes(int? set, TimeSpan configured) => set ?? Math.Round(configured.TotalMinutes, 2);
}
