using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Settings;

internal sealed record TimeoutsBody(int? CodeValidityMinutes, int? ConnectingMinutes, int? WaitingMinutes, int? ActiveIdleMinutes, long? Version)
{
    public TimeoutSettings ToSettings() => new()
    {
        CodeValidityMinutes = CodeValidityMinutes,
        ConnectingMinutes = ConnectingMinutes,
        WaitingMinutes = WaitingMinutes,
        ActiveIdleMinutes = ActiveIdleMinutes,
    };
}
