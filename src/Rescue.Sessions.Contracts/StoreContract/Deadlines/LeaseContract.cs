namespace Rescue.Sessions.StoreContract;

public abstract class LeaseContract : StoreContract
{
    private static readonly DateTimeOffset Now = Draft.Morning;

    private readonly string work = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Lease_Held_IsOneNodes()
    {
        (await TakeAsync("one", Now)).Should().BeTrue();
        (await TakeAsync("two", Now.AddSeconds(9))).Should().BeFalse();
        (await TakeAsync("one", Now.AddSeconds(9))).Should().BeTrue("whoever has it may extend it");
        (await TakeAsync("two", Now.AddSeconds(18))).Should().BeFalse();
    }

    [Fact]
    public async Task Lease_Over_IsTakenByAnother()
    {
        await TakeAsync("one", Now);

        (await TakeAsync("two", Now.AddSeconds(10))).Should().BeTrue();
        (await TakeAsync("one", Now.AddSeconds(11))).Should().BeFalse();
    }

    /// <summary>A clock that was hours ahead has written a lease that ends in hours.</summary>
    [Fact]
    public async Task Lease_HeldByAClockThatWasAhead_IsTakenByAnother()
    {
        await TakeAsync("one", Now.AddHours(5));

        (await TakeAsync("two", Now)).Should().BeTrue();
    }

    [Fact]
    public async Task Lease_OfOtherWork_IsAnother()
    {
        await TakeAsync("one", Now);

        (await Store.TryLeaseAsync(work + "2", "two", Now, Now.AddSeconds(10), Cancellation)).Should().BeTrue();
    }

    [Fact]
    public async Task Lease_ManyAtOnce_IsOneNodes()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(node => Task.Run(() => TakeAsync($"node {node}", Now))));

        taken.Count(held => held).Should().Be(1);
    }

    private Task<bool> TakeAsync(string node, DateTimeOffset now) => Store.TryLeaseAsync(work, node, now, now.AddSeconds(10), Cancellation).AsTask();
}
