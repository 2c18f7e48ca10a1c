using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionStatus;

namespace HelpDesk.Tests.WholePath;

/// <summary>Every row of the life table as a case, in three parts that run side by side. The last takes what is new, so that no row is forgotten.</summary>
internal static class RowData
{
    private static readonly SessionStatus[] Early = [Connecting, Waiting];
    private static readonly SessionStatus[] Helping = [Active, OnHold, Transferring];

    public static TheoryData<SessionStatus, SessionTrigger> BeforeHelp => Where(row => Early.Contains(row.From));

    public static TheoryData<SessionStatus, SessionTrigger> DuringHelp => Where(row => Helping.Contains(row.From));

    public static TheoryData<SessionStatus, SessionTrigger> Interrupted => Where(row => !Early.Contains(row.From) && !Helping.Contains(row.From));

    private static TheoryData<SessionStatus, SessionTrigger> Where(Func<SessionTransition, bool> condition) =>
        [.. SessionLifecycle.Transitions.Where(condition).Select(row => (row.From, row.Trigger))];
}
