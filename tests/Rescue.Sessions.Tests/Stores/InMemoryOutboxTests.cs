using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Stores;

public sealed class InMemoryOutboxTests
{
    private const int Rounds = 3_000;

    private static readonly DateTimeOffset Morning = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(29)]
    public void Renew_UntilBeforeTheLeaseEndsAgainAndAgain_TakesNoMoreAndMoreMemory(int seconds)
    {
        Allocated(null);

        var usual = Allocated(null);
        var putOff = Allocated(TimeSpan.FromSeconds(seconds));

        putOff.Should().BeLessThan(usual + 50_000, "a message waits in one place, however often it is put off");
    }

    // As messages are that wait for a server which stands still.
    private static long Allocated(TimeSpan? putOff)
    {
        var outbox = new InMemoryOutbox();
        outbox.Add([new(Guid.NewGuid(), SessionId.New(Morning), "email", [], Morning)]);
        var now = Morning;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var claim = outbox.Claim(now, now + Lease, 64, null)[0];
            if (putOff is { } pause)
                outbox.Renew(claim, now + pause);
            now += putOff ?? Lease;
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
