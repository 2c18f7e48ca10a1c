using System.Globalization;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Tests.Permissions;

public sealed class GroupRulesTests
{
    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    [InlineData(100_000, 1)]
    public void Problems_ManyGroups_AreRefusedBeyondALimit(int count, int problems) =>
        GroupRules.Problems([.. Enumerable.Range(0, count).Select(i => new TechnicianGroup { Name = Name(i) })]).Should().HaveCount(problems);

    [Theory]
    [InlineData(16, 0)]
    [InlineData(17, 1)]
    [InlineData(400, 384)]
    public void Problems_LongChain_IsRefusedBeyondALimit(int levels, int problems)
    {
        List<TechnicianGroup> chain = [.. Enumerable.Range(0, levels).Select(i => new TechnicianGroup { Name = Name(i), Parent = i == 0 ? null : Name(i - 1) })];

        GroupRules.Problems(chain).Where(problem => problem.Contains("16 levels", StringComparison.Ordinal)).Should().HaveCount(problems);
    }

    [Fact]
    public void Problems_Circle_IsToldOfEachGroupInIt()
    {
        List<TechnicianGroup> groups =
            [new() { Name = "a", Parent = "b" }, new() { Name = "b", Parent = "c" }, new() { Name = "c", Parent = "a" }, new() { Name = "below", Parent = "a" }];

        GroupRules.Problems(groups).Where(problem => problem.Contains("own ancestor", StringComparison.Ordinal)).Should().HaveCount(3);
    }

    private static string Name(int number) => "g" + number.ToString(CultureInfo.InvariantCulture);
}
