namespace HelpDesk.Tests.Architecture;

/// <summary>
/// A folder uses those it stands on and none that stands on it. <c>docs/design.md</c> draws the arrows, without those that follow from others; here they are held
/// against the code.
/// </summary>
public sealed class FolderTests
{
    // Those that a product ships; what its tests have is read from end to end.
    public static TheoryData<string> Packages =>
        ["Rescue.Sessions", "Rescue.Sessions.Email", "Rescue.Sessions.AspNetCore", "Rescue.Sessions.EntityFrameworkCore", "Rescue.Sessions.Applet"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Folders_OfAPackage_StandOnEachOtherAsTheDesignSays(string package)
    {
        var design = DesignArrows.Of(package);
        var drawn = new FolderGraph(design);
        var code = PackageCode.ArrowsOf(package);

        drawn.Circle.Should().BeEmpty("arrows point down");
        code.Where(arrow => !drawn.Leads(arrow.From, arrow.To)).Should().BeEmpty($"docs/design.md draws all; the code needs:\n{Draw(code)}");
        design.Except(code).Should().BeEmpty("what is not used needs no arrow");
        design.Where(drawn.IsImplied).Should().BeEmpty("an arrow that follows from others is not drawn");
    }

    [Fact]
    public void Circle_OfThreeFolders_IsSeen()
    {
        new FolderGraph([new("A", "B"), new("B", "C"), new("C", "A"), new("C", "D")]).Circle.Should().BeEquivalentTo("A", "B", "C");
        new FolderGraph([new("A", "B"), new("A", "C"), new("B", "C")]).IsImplied(new("A", "C")).Should().BeTrue();
    }

    // As it would stand there.
    private static string Draw(IEnumerable<FolderArrow> arrows)
    {
        var graph = new FolderGraph(arrows);
        return string.Join('\n', arrows.Where(arrow => graph.Leads(arrow.To, arrow.From) || !graph.IsImplied(arrow))
            .GroupBy(arrow => arrow.From).OrderBy(from => from.Key, StringComparer.Ordinal)
            .Select(from => $"{from.Key} -> {string.Join(", ", from.Select(arrow => arrow.To).Order(StringComparer.Ordinal))}"));
    }
}
