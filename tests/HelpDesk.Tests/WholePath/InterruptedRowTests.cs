using Rescue.Sessions.Lifecycle;

namespace HelpDesk.Tests.WholePath;

/// <summary>Every row of the life table after an interruption or a time-out, with the real applet.</summary>
public sealed class InterruptedRowTests
{
    [Theory]
    [MemberData(nameof(RowData.Interrupted), MemberType = typeof(RowData))]
    public Task Row_WithTheRealApplet_LeadsWhereItSays(SessionStatus from, SessionTrigger trigger) => RealRow.DriveAsync(from, trigger);
}
