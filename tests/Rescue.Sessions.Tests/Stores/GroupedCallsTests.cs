using System.Collections.Immutable;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Stores;

public sealed class GroupedCallsTests
{
    private static readonly Pace Unpaced = new(int.MaxValue, TimeSpan.Zero);

    private readonly List<int[]> groups = [];
    private readonly TaskCompletionSource begun = new();
    private readonly TaskCompletionSource back = new();

    [Fact]
    public async Task Ask_Alone_GoesAtOnce()
    {
        var calls = new GroupedCalls<int, int>(group => new(Double(group)), most: 10, Unpaced);

        (await calls.AskAsync(7)).Should().Be(14);

        groups.Should().ContainSingle().Which.Should().Equal(7);
    }

    [Fact]
    public async Task Ask_WithinSomethingOfTheCaller_TakesNoPartInIt()
    {
        var ambient = new AsyncLocal<string> { Value = "the caller's transaction" };
        string? seen = "";
        var calls = new GroupedCalls<int, int>(
            group =>
            {
                seen = ambient.Value;
                return new(Double(group));
            },
            most: 10,
            Unpaced);

        await calls.AskAsync(7);

        seen.Should().BeNull();
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 3)]
    [InlineData(95, 11)]
    public async Task Ask_WhileOneIsUnderWay_GoTogetherUpToTheMost(int others, int expectedGroups)
    {
        var answers = await AskAsync(Held(Double), others + 1);

        (await Task.WhenAll(answers)).Should().Equal(Enumerable.Range(0, others + 1).Select(number => 2 * number));
        groups.Should().HaveCount(expectedGroups).And.OnlyContain(group => group.Length <= 10);
        groups.SelectMany(group => group).Should().Equal(Enumerable.Range(0, others + 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Ask_OneCannotBeDone_AnswersTheOthers(int bad)
    {
        var calls = Held(group => group.Contains(bad) ? throw new InvalidDataException("bad") : Double(group));
        var answers = await AskAsync(calls, 7);

        for (var number = 0; number < answers.Length; number++)
        {
            if (number == bad)
                await answers[number].Awaiting(answer => answer).Should().ThrowAsync<InvalidDataException>();
            else
                (await answers[number]).Should().Be(2 * number);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public async Task Ask_SeveralInARowCannotBeDone_AnswersTheOthers(int bad)
    {
        var calls = Held(group => group.Any(number => number > 0 && number <= bad) ? throw new InvalidDataException("bad") : Double(group));
        var answers = await AskAsync(calls, 9);

        for (var number = 0; number < answers.Length; number++)
        {
            if (number > 0 && number <= bad)
                await answers[number].Awaiting(answer => answer).Should().ThrowAsync<InvalidDataException>();
            else
                (await answers[number]).Should().Be(2 * number);
        }
    }

    [Fact]
    public async Task Ask_NothingCanBeDone_StopsTryingAndTellsEverybody()
    {
        var calls = Held(group => throw new SessionStoreException($"{groups.Count}"));
        var answers = await AskAsync(calls, 7);

        foreach (var answer in answers)
            await answer.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        groups.Select(group => group.Length).Should().Equal(1, 6, 1, 1);
        await calls.AskAsync(8).Awaiting(task => task).Should().ThrowAsync<SessionStoreException>("it goes on being asked");
    }

    private GroupedCalls<int, int> Held(Func<ImmutableArray<int>, ImmutableArray<int>> act) => new(
        async group =>
        {
            groups.Add([.. group]);
            begun.TrySetResult();
            await back.Task;
            return act(group);
        },
        most: 10,
        Unpaced);

    // The first group is held until the rest has come.
    private async Task<Task<int>[]> AskAsync(GroupedCalls<int, int> calls, int count)
    {
        var first = calls.AskAsync(0);
        await begun.Task;
        Task<int>[] answers = [first, .. Enumerable.Range(1, count - 1).Select(calls.AskAsync)];
        back.SetResult();
        return answers;
    }

    private ImmutableArray<int> Double(ImmutableArray<int> group)
    {
        if (groups.Count == 0 || !groups[^1].SequenceEqual(group))
            groups.Add([.. group]);
        return [.. group.Select(number => 2 * number)];
    }
}
