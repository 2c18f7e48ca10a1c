using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>Times to set: a number, null to go back to what the host configured; one that is left out stays as it is.</summary>
internal sealed class TimeoutsBody : IPartialBody<TimeoutSettings>
{
    private readonly HashSet<string> given = [];

    public int? CodeValidityMinutes { get; set => field = Given(nameof(CodeValidityMinutes), value); }

    public int? ConnectingMinutes { get; set => field = Given(nameof(ConnectingMinutes), value); }

    public int? WaitingMinutes { get; set => field = Given(nameof(WaitingMinutes), value); }

    public int? ActiveIdleMinutes { get; set => field = Given(nameof(ActiveIdleMinutes), value); }

    public long? Version { get; set; }

    public bool IsEmpty() => given.Count == 0;

    public TimeoutSettings Over(TimeoutSettings saved) => new()
    {
        CodeValidityMinutes = given.Contains(nameof(CodeValidityMinutes)) ? CodeValidityMinutes : saved.CodeValidityMinutes,
        ConnectingMinutes = given.Contains(nameof(ConnectingMinutes)) ? ConnectingMinutes : saved.ConnectingMinutes,
        WaitingMinutes = given.Contains(nameof(WaitingMinutes)) ? WaitingMinutes : saved.WaitingMinutes,
        ActiveIdleMinutes = given.Contains(nameof(ActiveIdleMinutes)) ? ActiveIdleMinutes : saved.ActiveIdleMinutes,
    };

    private int? Given(string member, int? value)
    {
        given.Add(member);
        return value;
    }
}
