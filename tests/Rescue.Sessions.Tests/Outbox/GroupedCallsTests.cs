using System.Collections.Immutable;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Outbox;

public sealed class GroupedCallsTests
{
    private readonly List<int[]> groups = [];

    [Fact]
    public async Task Ask_Alone_GoesAtOnce()
    {
        var calls = new GroupedCalls<int, int>(group => new(Double(group)), most: 10);

        (await calls.AskAsync(7)).Should().Be(14);

        groups.Should().ContainSingle().Which.Should().Equal(7);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 3)]
    [InlineData(95, 11)]
    public async Task Ask_WhileOneIsUnderWay_GoTogetherUpToTheMost(int others, int expectedGroups)
    {
        var back = new TaskCompletionSource();
        var calls = new GroupedCalls<int, int>(
            async group =>
            {
                if (groups.Count == 0)
                {
                    groups.Add([.. group]);
                    await back.Task;
                    return [.. group.Select(number => 2 * number)];
                }

                return Double(group);
            },
            most: 10);

        Task<int>[] answers = [calls.AskAsync(0), .. Enumerable.Range(1, others).Select(calls.AskAsync)];
        back.SetResult();

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
        var calls = Held(group => group.Contains(bad) ? throw new InvalidDataException("bad") : Double(group), out var release);
        var answers = Enumerable.Range(0, 7).Select(calls.AskAsync).ToArray();
        release();

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
        var calls = Held(group => group.Any(number => number > 0 && number <= bad) ? throw new InvalidDataException("bad") : Double(group), out var release);
        var answers = Enumerable.Range(0, 9).Select(calls.AskAsync).ToArray();
        release();

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
        var calls = Held(group => throw new SessionStoreException($"{groups.Count}"), out var release);
        var answers = Enumerable.Range(0, 7).Select(calls.AskAsync).ToArray();
        release();

        foreach (var answer in answers)
            await answer.Awaiting(task => task).Should().ThrowAsync<SessionStoreException>();
        groups.Select(group => group.Length).Should().Equal(1, 6, 1, 1);
        await calls.AskAsync(8).Awaiting(task => task).Should().ThrowAsync<SessionStoreException>("it goes on being asked");
    }

    // The first group is held until the rest has come.
    private GroupedCalls<int, int> Held(Func<ImmutableArray<int>, ImmutableArray<int>> act, out Action release)
    {
        var back = new TaskCompletionSource();
        release = back.SetResult;
        return new(
            async group =>
            {
                groups.Add([.. group]);
                await back.Task;
                var answers = act(group);
                return answers;
            },
            most: 10);
    }

    private ImmutableArray<int> Double(ImmutableArray<int> group)
    {
        if (groups.Count == 0 || !groups[^1].SequenceEqual(group))
            groups.Add([.. group]);
        return [.. group.Select(number => 2 * number)];
    }
}
