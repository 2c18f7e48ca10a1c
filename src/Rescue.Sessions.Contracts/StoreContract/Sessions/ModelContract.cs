using System.Collections.Immutable;
using CsCheck;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>Compares a store with the plainest thing that keeps sessions: a dictionary and the pure meaning of guards and changes.</summary>
public abstract class ModelContract : StoreContract
{
    private const int Sessions = 3;

    private static readonly Gen<Step> AnyStep =
        from session in Gen.Int[0, Sessions - 1]
        from trigger in Gen.Enum<SessionTrigger>()
        from minutes in Gen.Int[0, 25]
        from instance in Gen.Int[0, 1]
        from selector in Gen.Int[0, 3]
        from overdue in Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))
        select new Step(session, trigger, minutes, instance, selector, overdue);

    /// <summary>How many histories are tried; a store on disk may try fewer.</summary>
    protected virtual int Histories => 1000;

    [Fact]
    public void Store_AnyHistory_BehavesLikeTheModel() =>
        AnyStep.Array[1, 30].Sample(steps => RunAsync(steps).GetAwaiter().GetResult(), iter: Histories);

    /// <summary>All at once: whatever order the store chose, its history must tell one, and replaying that must give what is stored.</summary>
    [Fact]
    public void Store_AnyParallelHistory_IsOneOrder() =>
        AnyStep.Array[2, 12].Sample(steps => RunInParallelAsync(steps).GetAwaiter().GetResult(), iter: Histories / 5);

    private async Task RunAsync(Step[] steps)
    {
        var drafts = Drafts();
        var model = new Dictionary<SessionId, StoredSession>();
        var ids = new List<SessionId>();
        foreach (var draft in drafts)
        {
            var added = await AddAsync(draft);
            ids.Add(added.Session.Id);
            model[added.Session.Id] = added;
        }

        foreach (var step in steps)
        {
            var id = ids[step.Session];
            var (guard, change) = step.Build(model[id]);
            var selector = step.Select(id, drafts[step.Session]);
            var isMeant = selector.Allows(model[id]);
            var applies = isMeant && change.IsPermittedIn(model[id].Session.Status, out _) && guard.Allows(model[id], change);
            if (applies)
                model[id] = change.Apply(model[id]).Session;

            var result = await Store.TransitionAsync(selector, guard, change, Cancellation);

            result.Applied.Should().Be(applies);
            (result.Session is null).Should().Be(!isMeant);
            if (!isMeant)
                continue;
            result.Session!.Session.Should().Be(model[id].Session);
            result.Session.Instance.Should().Be(model[id].Instance);
            result.Session.AppletKey.Should().Be(model[id].AppletKey);
            (result.Session.SealedCode is null).Should().Be(model[id].SealedCode is null);
        }

        var listed = await Store.ListAsync(new() { Tenant = drafts[0].Tenant }, Cancellation);
        listed.Should().Equal(model.Values.Select(stored => stored.Session).OrderByDescending(session => session.Id));
    }

    private async Task RunInParallelAsync(Step[] steps)
    {
        var draft = Drafts()[0];
        var added = await AddAsync(draft);
        var built = steps.Select(step => (Step: step, Parts: step.Build(added))).ToArray();

        var results = await Task.WhenAll(built.Select(b => Task.Run(() =>
            Store.TransitionAsync(b.Step.Select(added.Session.Id, draft), b.Parts.Guard, b.Parts.Change, Cancellation).AsTask())));

        var applied = built.Zip(results).Where(pair => pair.Second.Applied)
            .ToDictionary(pair => pair.Second.Session!.Session.Version, pair => (pair.First.Parts, pair.Second.Session));
        var replayed = added;
        for (var version = 2L; version <= applied.Count + 1; version++)
        {
            var ((guard, change), answered) = applied[version];
            guard.Allows(replayed, change).Should().BeTrue();
            (replayed, _) = change.Apply(replayed);
            answered!.Session.Should().Be(replayed.Session);
        }

        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(replayed);
        var history = await HistoryAsync(added.Session.Id);
        history.Should().HaveCount(applied.Count + 1);
        history.Skip(1).Select(e => e.From).Should().Equal(history.SkipLast(1).Select(e => e.To));
    }

    private static ImmutableArray<Draft> Drafts()
    {
        var tenant = new Draft().Tenant;
        return [.. Enumerable.Range(0, Sessions).Select(i => new Draft { Tenant = tenant, At = Draft.Morning.AddSeconds(i) })];
    }
}
