using Rescue.Sessions.EntityFrameworkCore.Databases;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Databases;

public sealed class WriterTurnTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly WriterTurn turn = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_OthersWait_ComeInTheOrderOfAsking()
    {
        await turn.TakeAsync(Long, Cancellation);
        var (second, third) = (turn.TakeAsync(Long, Cancellation).AsTask(), turn.TakeAsync(Long, Cancellation).AsTask());

        turn.TryPassOn().Should().BeTrue();
        (await second).Should().BeTrue();
        third.IsCompleted.Should().BeFalse();
        turn.Leave();
        (await third).Should().BeTrue();

        turn.TryPassOn().Should().BeFalse("nobody waits");
        turn.Leave();
        (await turn.TakeAsync(TimeSpan.Zero, Cancellation)).Should().BeTrue("it is free");
    }

    [Fact]
    public async Task Take_NotInTime_HasNoTurn()
    {
        await turn.TakeAsync(Long, Cancellation);

        (await turn.TakeAsync(TimeSpan.Zero, Cancellation)).Should().BeFalse();

        turn.TryPassOn().Should().BeFalse("who has stopped waiting is passed over");
        turn.Leave();
        (await turn.TakeAsync(TimeSpan.Zero, Cancellation)).Should().BeTrue();
    }

    [Fact]
    public async Task Take_IsCancelled_IsPassedOver()
    {
        using var cancelled = new CancellationTokenSource();
        await turn.TakeAsync(Long, Cancellation);
        var (givesUp, next) = (turn.TakeAsync(Long, cancelled.Token).AsTask(), turn.TakeAsync(Long, Cancellation).AsTask());

        await cancelled.CancelAsync();
        await givesUp.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        turn.Leave();

        (await next).Should().BeTrue();
    }

    [Fact]
    public async Task Take_WasCancelledBefore_LeavesTheTurnFree()
    {
        await turn.Awaiting(free => free.TakeAsync(Long, new CancellationToken(canceled: true)).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        (await turn.TakeAsync(TimeSpan.Zero, Cancellation)).Should().BeTrue();
    }

    [Fact]
    public async Task Take_GivenAndCancelledAtOnce_HasTheTurn()
    {
        await turn.TakeAsync(Long, Cancellation);
        for (var i = 0; i < 100; i++)
        {
            using var cancelled = new CancellationTokenSource();
            var taken = turn.TakeAsync(Long, cancelled.Token).AsTask();

            turn.TryPassOn().Should().BeTrue();
            cancelled.Cancel();

            (await taken).Should().BeTrue("nobody else would hand it on");
        }
    }

    // Some give up at any moment, that of being given the turn included.
    [Fact]
    public async Task Take_ManyOfWhomSomeGiveUp_OneAtATimeAndNobodyWaitsForEver()
    {
        var (inside, most, turns) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => TakeAsync(i), Cancellation)));

        most.Should().Be(1);
        turns.Should().BeGreaterThan(0);
        (await turn.TakeAsync(TimeSpan.Zero, Cancellation)).Should().BeTrue();

        async Task TakeAsync(int number)
        {
            using var cancelled = new CancellationTokenSource();
            var taken = turn.TakeAsync(number % 5 == 0 ? TimeSpan.Zero : Long, cancelled.Token).AsTask();
            if (number % 3 == 0)
                await cancelled.CancelAsync();
            try
            {
                if (!await taken)
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            most = Math.Max(most, Interlocked.Increment(ref inside));
            turns++;
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            if (number % 2 == 0 || !turn.TryPassOn())
                turn.Leave();
        }
    }
}
