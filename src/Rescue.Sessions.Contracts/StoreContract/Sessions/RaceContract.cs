using Rescue.Sessions.Codes;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

public abstract class RaceContract : StoreContract
{
    private const int Racers = 32;
    private static readonly DateTimeOffset Now = Draft.Morning.AddMinutes(3);

    [Fact]
    public async Task Start_ByManyAtOnce_HasOneWinnerWhomAllSee()
    {
        var (waiting, _) = await AddWaitingAsync(new Draft());

        var results = await RaceAsync(i =>
            Store.TransitionAsync(SessionSelector.ById(waiting.Session.Id), new() { Now = Now }, Changes.Start(new($"t{i}", $"T {i}"), Now), Cancellation).AsTask());

        var winner = results.Should().ContainSingle(result => result.Applied).Subject;
        results.Should().OnlyContain(result => result.Session!.Session.Owner == winner.Session!.Session.Owner);
        (await HistoryAsync(waiting.Session.Id)).Should().ContainSingle(e => e.Trigger == SessionTrigger.Start)
            .Which.By.Should().Be(winner.Session!.Session.Owner);
    }

    [Fact]
    public async Task Join_ByManyInstancesAtOnce_HasOneWinner()
    {
        var draft = new Draft();
        var added = await AddAsync(draft);

        var results = await RaceAsync(i =>
        {
            var join = new AppletJoin(Hashes.New(), Hashes.New());
            return Store.TransitionAsync(
                SessionSelector.ByToken(draft.Token), new() { Now = Now, Instance = [join.Instance] }, Changes.Join(join, Now), Cancellation).AsTask();
        });

        var winner = results.Should().ContainSingle(result => result.Applied).Subject;
        (await FindAsync(added.Session.Id)).Should().BeEquivalentTo(winner.Session);
    }

    [Fact]
    public async Task Create_WithOnePinAtOnce_HasOneWinner()
    {
        var pin = Hashes.New();

        var results = await RaceAsync(_ => Store.CreateAsync(new Draft { Pin = [pin] }.Build(), Cancellation).AsTask());

        results.Should().ContainSingle(result => result.Outcome == SessionCreationOutcome.Created);
        results.Count(result => result.Outcome == SessionCreationOutcome.PinTaken).Should().Be(Racers - 1);
    }

    [Fact]
    public async Task Create_WithOneIdempotencyKeyAtOnce_MakesOneSession()
    {
        var draft = new Draft { IdempotencyKey = "click" };

        var results = await RaceAsync(_ =>
            Store.CreateAsync((draft with { Pin = [Hashes.New()], Token = [Hashes.New()] }).Build(), Cancellation).AsTask());

        results.Should().ContainSingle(result => result.Outcome == SessionCreationOutcome.Created);
        results.Select(result => result.Session!.Session.Id).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_WithOneRequestAtOnce_MakesOneSession(bool afterAnEarlierOne)
    {
        var hash = Hashes.New();
        if (afterAnEarlierOne)
            await Store.CreateAsync(new Draft().Build() with { Request = new(hash, Draft.Morning.AddSeconds(10)) }, Cancellation);
        var at = Draft.Morning.AddSeconds(20);

        var results = await RaceAsync(_ => Store.CreateAsync(
            new Draft { At = at, Messages = ["mail"] }.Build() with { Request = new(hash, at.AddSeconds(10)) }, Cancellation).AsTask());

        results.Should().ContainSingle(result => result.Outcome == SessionCreationOutcome.Created);
        results.Select(result => result.Session!.Session.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_GivesEachMessageToOne()
    {
        var messages = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var creation = new Draft { Messages = ["mail"] }.Build();
            await Store.CreateAsync(creation, Cancellation);
            messages.Add(creation.Messages[0].Id);
        }

        var results = await RaceAsync(_ => Store.ClaimAsync(Now, Now.AddSeconds(30), 3, null, Cancellation).AsTask());

        results.SelectMany(claims => claims).Select(claim => claim.Message.Id).Where(messages.Contains)
            .Should().BeEquivalentTo(messages).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Events_WrittenAtOnce_AreAllReadInOnePass()
    {
        var tenant = new Draft().Tenant;
        var cursor = await Store.ReadLatestSequenceAsync(Cancellation);
        var seen = new List<SessionEvent>();
        var reader = ReadAsync();

        await RaceAsync(_ => Store.CreateAsync(new Draft { Tenant = tenant }.Build(), Cancellation).AsTask());

        await reader;
        seen.Select(e => e.Sequence).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        seen.Select(e => e.Session).Should().OnlyHaveUniqueItems();

        // A cursor that ran ahead of an unfinished write would wait here for an event that it has skipped.
        async Task ReadAsync()
        {
            while (seen.Count < Racers)
            {
                await Store.WaitForEventsAsync(cursor, Cancellation);
                var page = await Store.ReadEventsAsync(new() { Tenant = tenant, After = cursor, Limit = 5 }, Cancellation);
                seen.AddRange(page.Events);
                cursor = page.Cursor;
            }
        }
    }

    private static Task<T[]> RaceAsync<T>(Func<int, Task<T>> run)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Enumerable.Range(0, Racers).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await run(i);
        })).ToArray();
        start.SetResult();
        return Task.WhenAll(racers);
    }
}
