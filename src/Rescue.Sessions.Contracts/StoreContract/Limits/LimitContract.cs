using System.Collections.Immutable;
using Rescue.Sessions.Limits;

namespace Rescue.Sessions.StoreContract;

/// <summary>What every limit store must do.</summary>
public abstract class LimitContract
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Now = Draft.Morning;

    private readonly Lazy<ILimitStore> store;
    private readonly string run = Guid.NewGuid().ToString("N");

    protected LimitContract() => store = new(CreateStore);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ILimitStore CreateStore();

    [Fact]
    public async Task TryTake_UntilItIsSpent_ThenSaysWhenToTryAgain()
    {
        for (var i = 0; i < 3; i++)
            (await TakeAsync(Now, Limit("a", 3))).Should().BeNull();

        var retryAfter = await TakeAsync(Now, Limit("a", 3));

        retryAfter.Should().NotBeNull();
        (await TakeAsync(Now + retryAfter!.Value - TimeSpan.FromSeconds(1), Limit("a", 3))).Should().NotBeNull();
        (await TakeAsync(Now + retryAfter.Value, Limit("a", 3))).Should().BeNull();
    }

    [Fact]
    public async Task TryTake_SeveralOfWhichOneIsSpent_TakesNone()
    {
        await TakeAsync(Now, Limit("spent", 1));

        (await TakeAsync(Now, Limit("first", 2), Limit("spent", 1), Limit("last", 2))).Should().NotBeNull();

        for (var i = 0; i < 2; i++)
            (await TakeAsync(Now, Limit("first", 2), Limit("last", 2))).Should().BeNull("nothing was taken before");
    }

    [Fact]
    public async Task TryTake_NoLimit_IsNotCounted()
    {
        for (var i = 0; i < 5; i++)
            (await TakeAsync(Now, Limit("a", 0))).Should().BeNull();

        (await TakeAsync(Now, Limit("a", 1))).Should().BeNull();
    }

    [Fact]
    public async Task TryTake_LaterWindow_CountsTheShareOfTheOneBefore()
    {
        for (var i = 0; i < 4; i++)
            await TakeAsync(Now, Limit("a", 4));

        (await TakeAsync(Now + Window, Limit("a", 4))).Should().NotBeNull("all of the window before is still in sight");
        (await TakeAsync(Now + (Window * 1.5), Limit("a", 4))).Should().BeNull();
        (await TakeAsync(Now + (Window * 1.5), Limit("a", 4))).Should().BeNull();
        (await TakeAsync(Now + (Window * 1.5), Limit("a", 4))).Should().NotBeNull("half of four, and two, are four");
        (await TakeAsync(Now + (Window * 5), Limit("a", 4))).Should().BeNull();
    }

    [Fact]
    public async Task FindRetryAfter_TakesNothing_AndSaysWhatTakingWould()
    {
        for (var i = 0; i < 3; i++)
            (await LookAsync(Now, Limit("a", 1), Limit("b", 0))).Should().BeNull("looking takes nothing");
        await TakeAsync(Now, Limit("a", 1));

        var retryAfter = await LookAsync(Now, Limit("other", 1), Limit("a", 1));

        retryAfter.Should().NotBeNull().And.Be(await TakeAsync(Now, Limit("other", 1), Limit("a", 1)));
        (await LookAsync(Now, Limit("other", 1))).Should().BeNull();
        (await LookAsync(Now + retryAfter!.Value, Limit("a", 1))).Should().BeNull();
        (await LookAsync(Now, Limit("b", 0))).Should().BeNull();
    }

    [Fact]
    public async Task Return_GivesBackToEachButNeverBelowZero()
    {
        await TakeAsync(Now, Limit("a", 1));

        await store.Value.ReturnAsync([Limit("a", 1), Limit("never", 1)], Now, Cancellation);
        await store.Value.ReturnAsync([Limit("a", 1)], Now, Cancellation);

        (await TakeAsync(Now, Limit("a", 1), Limit("never", 1))).Should().BeNull();
        (await TakeAsync(Now, Limit("a", 1))).Should().NotBeNull();
        (await TakeAsync(Now, Limit("never", 1))).Should().NotBeNull();
    }

    [Fact]
    public async Task TryTake_InParallelInAnyOrder_NeverExceeds()
    {
        var first = Limit("first", 20);
        var second = Limit("second", 30);

        var taken = await Task.WhenAll(Enumerable.Range(0, 64).Select(
            i => Task.Run(() => TakeAsync(Now, i % 2 == 0 ? [first, second] : [second, first]), Cancellation)));

        taken.Count(retryAfter => retryAfter is null).Should().Be(20);
        (await TakeAsync(Now, Limit("second", 30))).Should().BeNull("what was refused took nothing from the other");
    }

    private Limit Limit(string key, int most) => new($"{run}:{key}", most, Window);

    private async Task<TimeSpan?> LookAsync(DateTimeOffset now, params Limit[] limits) =>
        await store.Value.FindRetryAfterAsync([.. limits], now, Cancellation);

    private async Task<TimeSpan?> TakeAsync(DateTimeOffset now, params Limit[] limits) =>
        await store.Value.TryTakeAsync([.. limits], now, Cancellation);
}
