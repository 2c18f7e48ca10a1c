using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record DeadlineView(DateTimeOffset At, SessionTrigger Trigger);
