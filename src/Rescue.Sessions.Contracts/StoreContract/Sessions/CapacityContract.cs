using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>The limit that spans sessions: how many a technician holds.</summary>
public abstract class CapacityContract : StoreContract
{
    private static readonly DateTimeOffset Now = Draft.Morning.AddMinutes(3);

    private readonly string tenant = "tenant-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Start_ByManyAtOnceForOneTechnician_StopsAtTheLimit()
    {
        var waiting = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AddWaitingAsync(new Draft { Tenant = tenant })));

        var results = await Task.WhenAll(waiting.Select(w => Task.Run(() => StartAsync(w.Session.Session.Id, Draft.Ada, 10), Cancellation)));

        results.Count(result => result.Applied).Should().Be(10);
        results.Where(result => !result.Applied).Should().OnlyContain(result => result.AtCapacity && result.Session!.Session.Status == SessionStatus.Waiting);
    }

    [Fact]
    public async Task Hold_FreesAPlace_WhichResumeNeedsAgain()
    {
        var first = await WaitingAsync();
        var second = await WaitingAsync();
        (await StartAsync(first, Draft.Ada, 1)).Applied.Should().BeTrue();
        (await StartAsync(second, Draft.Ada, 1)).AtCapacity.Should().BeTrue();

        await ApplyAsync(first, Changes.Of(SessionTrigger.Hold, Now));

        (await StartAsync(second, Draft.Ada, 1)).Applied.Should().BeTrue();
        (await TakeAsync(first, SessionTrigger.Resume, Draft.Ada, 1)).AtCapacity.Should().BeTrue();
        await ApplyAsync(second, Changes.Of(SessionTrigger.Close, Now));
        (await TakeAsync(first, SessionTrigger.Resume, Draft.Ada, 1)).Applied.Should().BeTrue();
    }

    [Fact]
    public async Task AcceptTransfer_MovesThePlaceFromOneToTheOther()
    {
        var bob = new TechnicianReference("bob", "Bob");
        var session = await WaitingAsync();
        await StartAsync(session, Draft.Ada, 1);
        await ApplyAsync(session, Changes.Of(SessionTrigger.Transfer, Now) with { By = Draft.Ada, OfferTo = "bob" });

        (await TakeAsync(session, SessionTrigger.AcceptTransfer, bob, 1)).Applied.Should().BeTrue();

        (await StartAsync(await WaitingAsync(), Draft.Ada, 1)).Applied.Should().BeTrue();
        (await StartAsync(await WaitingAsync(), bob, 1)).AtCapacity.Should().BeTrue();
    }

    [Fact]
    public async Task Capacity_OfOneTenant_DoesNotCountInAnother()
    {
        await StartAsync(await WaitingAsync(), Draft.Ada, 1);
        var (elsewhere, _) = await AddWaitingAsync(new Draft());

        (await StartAsync(elsewhere.Session.Id, Draft.Ada, 1)).Applied.Should().BeTrue();
    }

    private async Task<SessionId> WaitingAsync() => (await AddWaitingAsync(new Draft { Tenant = tenant })).Session.Session.Id;

    private Task<TransitionResult> StartAsync(SessionId id, TechnicianReference technician, int capacity) =>
        TakeAsync(id, SessionTrigger.Start, technician, capacity);

    private async Task<TransitionResult> TakeAsync(SessionId id, SessionTrigger trigger, TechnicianReference technician, int capacity) =>
        await Store.TransitionAsync(
            SessionSelector.ById(id),
            new() { Now = Now, Capacity = capacity },
            Changes.Of(trigger, Now) with { Owner = technician, By = technician },
            Cancellation);
}
