using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What happens next by itself. The alarm level is 0 while it is far, 1 when half of the time is gone, 2 at three quarters, 3 at nine tenths.</summary>
internal sealed record DeadlineView(DateTimeOffset At, SessionTrigger Trigger, int AlarmLevel);
