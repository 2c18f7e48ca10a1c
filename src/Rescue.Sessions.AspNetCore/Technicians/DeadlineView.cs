using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <param name="AlarmLevel">How near the deadline is: 0 far, 1 half of the time gone, 2 three quarters, 3 nine tenths.</param>
internal sealed record DeadlineView(DateTimeOffset At, SessionTrigger Trigger, int AlarmLevel);
