using Rescue.Sessions.Lifecycle;

namespace HelpDesk.Tests.WholePath;

/// <summary>Every row of the life table from the code to the queue, with the real applet.</summary>
public sealed class BeforeHelpRowTests
{
    [Theory]
    [MemberData(nameof(RowData.BeforeHelp), MemberType = typeof(RowData))]
    public Task Row_WithTheRealApplet_LeadsWhereItSays(SessionStatus from, SessionTrigger trigger) => RealRow.DriveAsync(from, trigger);
}
