using System.Runtime.CompilerServices;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.Tests.Lifecycle;

public class LifecycleDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Document());

    [Fact]
    public void Document_Table_IsTheTable()
    {
        var rows = SessionLifecycle.Transitions
            .OrderBy(row => row.From).ThenBy(row => row.Trigger)
            .Select(row => $"| {Camel(row.From)} | {Camel(row.Trigger)} | {(row.To is { } to ? Camel(to) : "*back*")} | {By(row)} | {(row.End is { } end ? Camel(end) : "")} |");

        Lines.SkipWhile(line => line != "|---|---|---|---|---|").Skip(1).TakeWhile(line => line.Length > 0).Should().Equal(rows);
    }

    [Fact]
    public void Document_Diagram_HasEveryMoveThatIsNotAnEnd()
    {
        var moves = SessionLifecycle.Transitions
            .Where(row => row.To != SessionStatus.Closed && row.To != row.From)
            .SelectMany(row => Targets(row).Select(to => $"    {Camel(row.From)} --> {Camel(to)}: {Camel(row.Trigger)}"));

        Lines.Where(line => line.Contains("-->", StringComparison.Ordinal) && !line.Contains("[*]", StringComparison.Ordinal)).Should().BeEquivalentTo(moves);
    }

    private static string By(SessionTransition row) => row.Role == TechnicianRole.Any ? Camel(row.Actor) : $"{Camel(row.Actor)}: {Camel(row.Role)}";

    // "Back" leads to where an interruption or an offer can begin.
    private static IEnumerable<SessionStatus> Targets(SessionTransition row) => row switch
    {
        { To: { } to } => [to],
        { From: SessionStatus.Transferring } => [SessionStatus.Waiting, SessionStatus.Active],
        _ => [SessionStatus.Waiting, SessionStatus.Active, SessionStatus.Transferring],
    };

    private static string Camel<T>(T value)
        where T : Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Document([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "lifecycle.md");
}
