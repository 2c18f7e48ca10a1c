using System.Runtime.CompilerServices;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Stores;

public sealed class InMemoryForgettingTests
{
    private const int Sessions = 3_000;

    // Far behind what is erased: the queues must not wait for it.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    [Fact]
    public async Task Erase_SessionsWithDeadlinesToCome_LetsTheirMemoryGo()
    {
        var store = new InMemorySessionStore();
        var sessions = await EndAsync(store);
        await EraseAllAsync(store, new() { EndedBefore = Draft.Morning.AddDays(1), Limit = 200 });

        GC.Collect();

        sessions.Count(session => session.TryGetTarget(out _)).Should().Be(0);
        GC.KeepAlive(store);
    }

    /// <summary>What ended is not looked at by time then, and may not be for months.</summary>
    [Fact]
    public async Task Erase_TenantAfterTenant_LetsTheirMemoryGo()
    {
        var store = new InMemorySessionStore();
        var sessions = await EndAsync(store);
        for (var tenant = 0; tenant < 3; tenant++)
            await EraseAllAsync(store, new() { EndedBefore = Draft.Morning.AddDays(1), Limit = 10_000, Tenant = $"tenant-{tenant}" });

        GC.Collect();

        sessions.Count(session => session.TryGetTarget(out _)).Should().Be(0);
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task Erase_OneTenantBeforeTheRest_CountsEachSessionOnce()
    {
        var store = new InMemorySessionStore();
        await EndAsync(store);
        var tenant = new SessionErasure { EndedBefore = Draft.Morning.AddDays(1), Limit = 10_000, Tenant = "tenant-1" };

        var ofTenant = await store.EraseAsync(tenant, TestContext.Current.CancellationToken);
        var rest = await EraseAllAsync(store, tenant with { Tenant = null, Limit = 7 });

        ofTenant.Should().Be(Sessions / 3);
        rest.Should().Be(Sessions - ofTenant);
    }

    // In a method of its own, so that no local variable keeps a session.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<List<WeakReference<StoredSession>>> EndAsync(InMemorySessionStore store)
    {
        var made = new List<WeakReference<StoredSession>>();
        for (var number = 0; number < Sessions; number++)
        {
            var creation = new Draft { Tenant = $"tenant-{number % 3}", Validity = Validity }.Build();
            await store.CreateAsync(creation);
            var ended = await store.TransitionAsync(
                SessionSelector.ById(creation.Session.Session.Id), new() { Now = Draft.Morning }, Changes.Of(SessionTrigger.Close, Draft.Morning.AddMinutes(1)));
            ended.Applied.Should().BeTrue();
            made.Add(new(ended.Session!));
        }

        return made;
    }

    private static async Task<int> EraseAllAsync(InMemorySessionStore store, SessionErasure erasure)
    {
        var (all, erased) = (0, 0);
        do
        {
            erased = await store.EraseAsync(erasure);
            all += erased;
        }
        while (erased == erasure.Limit);
        return all;
    }
}
