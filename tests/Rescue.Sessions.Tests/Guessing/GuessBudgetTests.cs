using System.Net;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Guessing;

public sealed class GuessBudgetTests
{
    private static readonly PinCode Wrong = PinCode.Parse("000000000000");

    [Fact]
    public async Task Guess_OneAddress_IsClosedAfterItsBudgetWhileOthersGoOn()
    {
        using var desk = Desk();

        await SpendAsync(desk, 3, "192.0.2.1");

        (await GuessAsync(desk, "192.0.2.1")).Should().BeOfType<JoinResult.Refused>().Which.Reason.RetryAfter.Should().BePositive();
        (await GuessAsync(desk, "192.0.2.2")).Should().BeOfType<JoinResult.BadCode>();
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "c000:201::", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "192.0.2.1", false)]
    public async Task Guess_OtherAddress_SharesABudgetWithinItsNetwork(string? first, string? second, bool shared)
    {
        using var desk = Desk();

        await SpendAsync(desk, 3, first);

        (await GuessAsync(desk, second) is JoinResult.Refused).Should().Be(shared);
    }

    [Fact]
    public async Task Guess_OneDoorFromManyAddresses_IsClosedWhileOtherDoorsGoOn()
    {
        using var desk = Desk(perTenant: 5);
        for (var i = 0; i < 5; i++)
            await SpendAsync(desk, 1, $"192.0.2.{i}");

        (await GuessAsync(desk, "192.0.2.9")).Should().BeOfType<JoinResult.Refused>();
        (await GuessAsync(desk, "192.0.2.9", "other")).Should().BeOfType<JoinResult.BadCode>();
    }

    [Fact]
    public async Task Guess_ManyDoorsAndAddresses_AreClosedByTheOverallBudget()
    {
        using var desk = Desk(overall: 6);
        for (var i = 0; i < 6; i++)
            (await GuessAsync(desk, $"192.0.2.{i}", $"door-{i}")).Should().BeOfType<JoinResult.BadCode>();

        (await GuessAsync(desk, "192.0.2.9", "door-9")).Should().BeOfType<JoinResult.Refused>();
    }

    [Fact]
    public async Task Guess_BudgetOfALengthSpent_LeavesOtherLengthsAndLinks()
    {
        using var desk = Desk(overall: 3);
        var (_, link) = await desk.CreateAsync();
        await SpendAsync(desk, 3, "192.0.2.1");

        (await desk.Customers.JoinAsync(new PinAttempt(link.Pin, IPAddress.Parse("192.0.2.1")), null)).Should().BeOfType<JoinResult.Joined>();
        var (_, second) = await desk.CreateAsync();
        (await desk.Customers.JoinAsync(second.Token!, null)).Should().BeOfType<JoinResult.Joined>();
    }

    [Fact]
    public async Task Guess_BudgetSpent_DoesNotLookAtARightPinEither()
    {
        using var desk = Desk();
        var (session, link) = await desk.CreateAsync();
        var wrong = PinCode.Parse(link.Pin.Digits == "000000" ? "000001" : "000000");
        for (var i = 0; i < 3; i++)
            await desk.Customers.JoinAsync(new PinAttempt(wrong, null), null);

        (await desk.Customers.JoinAsync(new PinAttempt(link.Pin, null), null)).Should().BeOfType<JoinResult.Refused>();
        (await desk.Customers.LookUpAsync(new PinAttempt(link.Pin, null))).Should().BeOfType<CodeLookup.Refused>();
        (await desk.FindAsync(session.Id)).JoinedAt.Should().BeNull();
    }

    [Fact]
    public async Task Guess_RightPins_CostNothing()
    {
        using var desk = Desk(perTenant: 1, overall: 1, perAddress: 1);
        var (_, link) = await desk.CreateAsync();

        for (var i = 0; i < 5; i++)
        {
            (await desk.Customers.LookUpAsync(new PinAttempt(link.Pin, null))).Should().BeOfType<CodeLookup.Found>();
            (await desk.Customers.JoinAsync(new PinAttempt(link.Pin, null), "applet-1")).Should().BeOfType<JoinResult.Joined>();
            await desk.JoinAsync(link, "applet-1");
            (_, link) = await desk.CreateAsync();
        }
    }

    [Fact]
    public async Task Guess_ClosedByOneBudget_TakesNothingFromTheOthers()
    {
        using var desk = Desk(perAddress: 3, perTenant: 4);
        await SpendAsync(desk, 3, "192.0.2.1");
        for (var i = 0; i < 10; i++)
            (await GuessAsync(desk, "192.0.2.1")).Should().BeOfType<JoinResult.Refused>();

        (await GuessAsync(desk, "192.0.2.2")).Should().BeOfType<JoinResult.BadCode>("the door has one left");
    }

    [Fact]
    public async Task Guess_TwoWindowsLater_IsOpenAgain()
    {
        using var desk = Desk();
        await SpendAsync(desk, 3, "192.0.2.1");

        desk.Time.Advance(TimeSpan.FromMinutes(20));

        await SpendAsync(desk, 3, "192.0.2.1");
    }

    [Fact]
    public async Task Guess_AtAnySteadyRate_NeverExceedsTheLimitInAWindowByMuch()
    {
        using var desk = Desk(perAddress: 10);
        var looked = new List<DateTimeOffset>();
        for (var second = 0; second < 3600; second += 7)
        {
            if (await GuessAsync(desk, "192.0.2.1") is JoinResult.BadCode)
                looked.Add(desk.Time.GetUtcNow());
            desk.Time.Advance(TimeSpan.FromSeconds(7));
        }

        looked.Should().HaveCountGreaterThan(40, "the budget comes back");
        looked.Should().OnlyContain(from => looked.Count(at => at >= from && at < from.AddMinutes(10)) <= 15);
    }

    [Fact]
    public async Task Guess_InParallel_NeverOverdraws()
    {
        using var desk = Desk(overall: 20, perAddress: 0, perTenant: 0);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => GuessAsync(desk, "192.0.2.1"))));

        results.OfType<JoinResult.BadCode>().Should().HaveCount(20);
    }

    private static SupportDesk Desk(int perAddress = 3, int perTenant = 100, int overall = 100) => new(options =>
    {
        options.Guessing.PerAddress = perAddress;
        options.Guessing.PerTenant = perTenant;
        options.Guessing.Overall = overall;
    });

    private static async Task SpendAsync(SupportDesk desk, int guesses, string? address)
    {
        for (var i = 0; i < guesses; i++)
            (await GuessAsync(desk, address)).Should().Be(new JoinResult.BadCode(JoinRefusal.Invalid));
    }

    private static async Task<JoinResult> GuessAsync(SupportDesk desk, string? address, string door = "door") =>
        await desk.Customers.JoinAsync(new PinAttempt(Wrong, address is null ? null : IPAddress.Parse(address), door), null);
}
