using Rescue.Sessions.Lifecycle;

namespace HelpDesk.Tests.WholePath;

/// <summary>Every row of the life table while somebody helps, with the real applet.</summary>
public sealed class DuringHelpRowTests
{
    [Theory]
    [MemberData(nameof(RowData.DuringHelp), MemberType = typeof(RowData))]
    public Task Row_WithTheRealApplet_LeadsWhereItSays(SessionStatus from, SessionTrigger trigger) => RealRow.DriveAsync(from, trigger);
}
