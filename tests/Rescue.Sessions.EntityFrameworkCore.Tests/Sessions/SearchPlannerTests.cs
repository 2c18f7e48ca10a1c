using Rescue.Sessions.EntityFrameworkCore.Sessions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.TestServers;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Sessions;

public sealed class SearchPlannerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Grace")]
    [InlineData("T-42")]
    [InlineData("42-T")]
    [InlineData("a b cd")]
    [InlineData("é-Ω7")]
    public async Task Text_OfWhichTheIndexKnowsATrigram_IsAskedOfTheIndex(string text)
    {
        TestServer.PostgreSql.Require();
        using var engine = new PostgreSqlEngine();

        (await new SearchPlanner(engine.OpenDatabase()).ChooseAsync(new() { Tenant = "acme", Search = text }, Cancellation)).Should().Be(SearchPlan.Words);
    }

    [Theory]
    [InlineData("T")]
    [InlineData("42")]
    [InlineData("T-4")]
    [InlineData("a b c")]
    [InlineData("--")]
    public async Task Text_OfWhichItKnowsNone_IsLookedForAmongTheNewest(string text)
    {
        TestServer.PostgreSql.Require();
        using var engine = new PostgreSqlEngine();

        (await new SearchPlanner(engine.OpenDatabase()).ChooseAsync(new() { Tenant = "acme", Search = text }, Cancellation)).Should().Be(SearchPlan.Newest);
    }

    [Theory]
    [InlineData("7", nameof(SearchPlan.Newest))]
    [InlineData("42", nameof(SearchPlan.Trigrams))]
    [InlineData("T-4", nameof(SearchPlan.Trigrams))]
    [InlineData("--", nameof(SearchPlan.Trigrams))]
    public async Task Reference_HoweverShort_IsAskedOfTheIndexThatKnowsIt(string reference, string onSqlite)
    {
        TestServer.PostgreSql.Require();
        foreach (var (engine, plan) in ((Engine, string)[])[(new PostgreSqlEngine(), nameof(SearchPlan.Reference)), (new SqliteEngine(), onSqlite)])
        {
            using (engine)
            {
                var planner = new SearchPlanner(engine.OpenDatabase());
                (await planner.ChooseAsync(new() { Tenant = "acme", Reference = reference, Search = "o" }, Cancellation)).ToString().Should().Be(plan);
            }
        }
    }
}
