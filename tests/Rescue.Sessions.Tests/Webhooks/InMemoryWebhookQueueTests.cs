using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Webhooks;

public sealed class InMemoryWebhookQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Look_BesideManyThatWait_DoesNotWalkThem(int waiting)
    {
        var queue = new InMemoryWebhookQueue("acme");
        for (var i = 1; i <= waiting; i++)
            queue.Add(Message(i, SessionId.New(Now), Now.AddHours(1)));
        queue.Add(Message(waiting + 1, SessionId.New(Now), Now));
        Look();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (early, claimable, found) = Look();

        // Each that is walked by costs an enumerator at least.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(8 * 1024);
        (early, claimable, found).Should().Be((false, true, waiting + 1));

        (bool Early, bool Claimable, long Found) Look()
        {
            queue.Recall(Now, Now.AddHours(2));
            return (queue.IsDue(Now.AddSeconds(-1)), queue.IsDue(Now), queue.Due(Now, 10).Single().Delivery.Sequence);
        }
    }

    [Fact]
    public void Sessions_WithSeveral_GiveTheirFirstAlone_InTheOrderInWhichTheyAreDue()
    {
        var queue = new InMemoryWebhookQueue("acme");
        var (one, two) = (SessionId.New(Now), SessionId.New(Now));
        queue.Add(Message(1, one, Now));
        queue.Add(Message(2, one, Now.AddMinutes(-5)));
        queue.Add(Message(3, two, Now.AddMinutes(-1)));
        queue.Add(Message(4, two, Now.AddMinutes(-9)));

        var claims = queue.Claim(Now, Now.AddMinutes(1), 10);
        Sequences().Should().BeEmpty("what is after the first waits for it");
        queue.Complete(new(claims[0], Now, 200, null, null)).Should().BeTrue();
        Sequences().Should().Equal(4);
        queue.Complete(new(claims[1], Now, 500, "no", Now.AddHours(3))).Should().BeTrue();
        Sequences().Should().Equal(4);
        queue.Recall(Now, Now.AddHours(2));
        Sequences().Should().Equal(4, 1);
        queue.Erase(two);
        Sequences().Should().Equal(1);
        queue.Erase(one);

        claims.Select(claim => claim.Delivery.Sequence).Should().Equal(3, 1);
        queue.IsDue(DateTimeOffset.MaxValue).Should().BeFalse();

        IEnumerable<long> Sequences() => queue.Due(Now, 10).Select(message => message.Delivery.Sequence).ToList();
    }

    private static WebhookDelivery Message(long sequence, SessionId session, DateTimeOffset dueAt) => new()
    {
        Webhook = "crm", Sequence = sequence, Tenant = "acme", Session = session, Type = "session.created", Body = "{}", CreatedAt = Now, DueAt = dueAt,
    };
}
