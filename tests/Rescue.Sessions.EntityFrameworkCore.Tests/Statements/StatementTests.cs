using System.Reflection;
using Rescue.Sessions.EntityFrameworkCore.Limits;
using Rescue.Sessions.EntityFrameworkCore.Settings;
using Rescue.Sessions.EntityFrameworkCore.Subscriptions;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.EntityFrameworkCore.Webhooks;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Settings;
using Rescue.Sessions.StoreContract;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Statements;

/// <summary>
/// No statement of the stores may cost more because more is stored. What they send is heard from the database, and every member of every store is
/// called in every way that leads to another statement: a new member fails the test until it is called here.
/// </summary>
public sealed class StatementTests
{
    private static readonly DateTimeOffset Now = Draft.Morning.AddMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite, false)]
    [InlineData(Engine.Sqlite, true)]
    [InlineData(Engine.PostgreSql, true)]
    public async Task Statements_OnManySessions_WalkNoTableThatGrows(string name, bool withStatistics)
    {
        using var engine = await SeededDatabase.OpenAsync(name, withStatistics, Cancellation);
        using var recorder = new StatementRecorder(engine);
        var database = recorder.Open();
        var sessionCalls = Log<ISessionStore>();
        var limitCalls = Log<ILimitStore>();
        var settingCalls = Log<ISettingsStore>();
        var subscriptionCalls = Log<ISubscriptionStore>();
        var webhookCalls = Log<IWebhookStore>();
        var sessions = sessionCalls.Around(Engine.OpenSessions(database));
        var limits = new EntityFrameworkLimitStore(database);

        await ReadAsync(sessions);
        await ChangeAsync(sessions);
        await SendAsync(sessions);
        await SubscribeAsync(sessions, subscriptionCalls.Around(new EntityFrameworkSubscriptionStore(database)));
        await PostAsync(sessions, webhookCalls.Around(new EntityFrameworkWebhookStore(database)));
        await EraseAsync(sessions);
        await LimitAsync(limitCalls.Around(limits), limits);
        await SaveAsync(settingCalls.Around(new EntityFrameworkSettingsStore(database)));

        sessionCalls.NotCalled.Concat(limitCalls.NotCalled).Concat(settingCalls.NotCalled).Concat(subscriptionCalls.NotCalled)
            .Concat(webhookCalls.NotCalled).Should().BeEmpty("what is not called here may walk unseen");
        recorder.Count.Should().BeGreaterThan(30);
        recorder.Walks(2 * SeededDatabase.Open).Should().BeEmpty();
        recorder.PlannedEachTime().Should().BeEmpty();
        (database as IDisposable)?.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Search_OnSqliteThatFindsNothing_LooksAtNoSession(bool withStatistics)
    {
        using var engine = await SeededDatabase.OpenAsync(Engine.Sqlite, withStatistics, Cancellation);
        using var recorder = new StatementRecorder(engine);
        var database = recorder.Open();
        var store = Engine.OpenSessions(database);

        foreach (var statuses in (SessionStatus[][])[[], [SessionStatus.Waiting], [SessionStatus.Waiting, SessionStatus.Active]])
            (await store.ListAsync(new() { Tenant = SeededDatabase.Tenant, Search = "nobody", Statuses = statuses }, Cancellation)).Should().BeEmpty();

        recorder.StepsOf("MATCH").Should().BeLessThan(1_000);
        (database as IDisposable)?.Dispose();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task Recorder_StatementThatWalks_IsSeen(string name)
    {
        using var engine = await SeededDatabase.OpenAsync(name, withStatistics: true, Cancellation);
        using var recorder = new StatementRecorder(engine);
        var database = recorder.Open();

        await database.ReadAsync(new("SELECT count(*) FROM rescue_session WHERE document LIKE @any", ("any", "%nobody%")), row => row.GetInt64(0), Cancellation);

        recorder.Walks(2 * SeededDatabase.Open).Should().ContainSingle().Which.Should().Contain("document LIKE");
        (database as IDisposable)?.Dispose();
    }

    private static CallLog<TStore> Log<TStore>()
        where TStore : class => (CallLog<TStore>)(object)DispatchProxy.Create<TStore, CallLog<TStore>>();

    private static async Task ReadAsync(ISessionStore store)
    {
        var first = (await store.ListAsync(new() { Tenant = SeededDatabase.Tenant, Limit = 1 }, Cancellation))[0];
        string?[] searches = [null, "Customer 7", "T-39", "o", "1", "--", "nobody at all"];
        SessionStatus[][] statuses = [[], [SessionStatus.Waiting], [SessionStatus.Active], [SessionStatus.Connecting, SessionStatus.Waiting, SessionStatus.Active]];
        string?[] customers = [null, "Customer 71", "nobody@example.org"];
        foreach (var search in searches)
        {
            foreach (var wanted in statuses)
            {
                foreach (var customer in customers)
                {
                    foreach (var after in (SessionId?[])[null, first.Id])
                    {
                        var query = new SessionQuery { Tenant = SeededDatabase.Tenant, Search = search, Statuses = wanted, Customer = customer, After = after };
                        await store.ListAsync(query, Cancellation);
                        await store.ListAsync(query with { Technician = "ada7" }, Cancellation);
                        await store.ListAsync(query with { Reference = "T-39" }, Cancellation);
                        await store.ListAsync(query with { Reference = "nobody-12345", Technician = "ada7" }, Cancellation);
                    }
                }
            }
        }

        foreach (var due in (DateTimeOffset[])[Draft.Morning.AddDays(-1), Draft.Morning.AddDays(1)])
        {
            await store.FindOverdueAsync(due, 200, Cancellation);
            await store.FindAlarmsAsync(due, 200, Cancellation);
            await store.FindSilentAsync(due, 200, Cancellation);
            await store.FindGuestsOverdueAsync(due, 200, Cancellation);
        }

        await store.FindOpenOfAsync(SeededDatabase.Tenant, "ada7", Cancellation);
        await store.FindHistoryAsync(first.Id, Cancellation);
        await store.FindPresenceAsync(SeededDatabase.Tenant, "x7", Cancellation);
        await store.SetPresenceAsync(SeededDatabase.Tenant, new("x7", "X"), TechnicianPresence.Away, Now, Cancellation);
        await store.NoteTechnicianAsync(SeededDatabase.Tenant, new("x8", "X"), Now, Cancellation);
        await store.FindTechniciansAsync(SeededDatabase.Tenant, ["x7", "ada7", "nobody"], Cancellation);
        await store.ListTechniciansAsync(SeededDatabase.Tenant, DateTimeOffset.MinValue, 100, Cancellation);
        await store.ForgetTechniciansAsync(DateTimeOffset.MinValue, Cancellation);
        await store.EraseTechnicianAsync(SeededDatabase.Tenant, "x9", Cancellation);
        await store.TryLeaseAsync("sweeps", "node", Now, Now.AddSeconds(10), Cancellation);
        var latest = await store.ReadLatestSequenceAsync(Cancellation);
        foreach (var query in (SessionEventQuery[])[new(), new() { Tenant = SeededDatabase.Tenant }, new() { Session = first.Id }])
        {
            await store.ReadEventsAsync(query, Cancellation);
            await store.ReadFeedAsync(query, Cancellation);
            await store.ReadEventsAsync(query with { After = latest - 1 }, Cancellation);
            await store.ReadFeedAsync(query with { After = latest - 1 }, Cancellation);
        }

        await store.WaitForEventsAsync(latest - 1_000_000, Cancellation);
    }

    private static async Task InviteAsync(ISessionStore store, SessionId id)
    {
        var (token, now) = (Hashes.New(), Draft.Morning);
        var guest = new Guests.Guest { Id = "one", Name = "Katherine", InvitedBy = Draft.Ada, InvitedAt = now, ExpiresAt = now.AddMinutes(5) };
        foreach (var change in (GuestChange[])[new() { Id = "one", Invited = guest, Proof = new("one", [token]), Most = 1 }, new() { Id = "one", End = Guests.GuestState.Revoked }])
        {
            await store.FindGuestsOverdueAsync(now.AddMinutes(6), 200, Cancellation);
            (await store.TransitionAsync(
                SessionSelector.ById(id), new() { Now = now }, Changes.Note(SessionEventKind.GuestInvited, now) with { Guest = change }, Cancellation))
                .Applied.Should().BeTrue();
            await store.FindAsync(SessionSelector.ByGuest([token]), Cancellation);
        }
    }

    private static async Task ChangeAsync(ISessionStore store)
    {
        var draft = new Draft { Tenant = SeededDatabase.Tenant, IdempotencyKey = "click", Messages = ["mail"] };
        var creation = draft.Build();
        await store.CreateAsync(creation, Cancellation);
        await store.CreateAsync(creation, Cancellation);
        await store.CreateAsync((draft with { IdempotencyKey = null }).Build(), Cancellation);
        var (again, request) = (draft with { IdempotencyKey = null, Pin = [Hashes.New()], Token = [Hashes.New()] }, new RecentRequest(Hashes.New(), Now));
        await store.CreateAsync(again.Build() with { Request = request }, Cancellation);
        await store.CreateAsync(again.Build() with { Request = request }, Cancellation);
        await store.FindAsync(SessionSelector.ByRequest(request.Hash, Draft.Morning), Cancellation);
        var id = creation.Session.Session.Id;
        await InviteAsync(store, id);
        await store.FindAsync(SessionSelector.ById(id), Cancellation);
        await store.FindAsync(SessionSelector.ByPin(draft.Pin), Cancellation);
        await store.FindAsync(SessionSelector.ByToken(draft.Token), Cancellation);
        await store.FindAsync(SessionSelector.ByIdempotencyKey(new(draft.Tenant, "ada", "click")), Cancellation);
        await store.FindAsync(SessionSelector.ByLivePin(draft.Pin, Now, []), Cancellation);
        var join = new AppletJoin(Hashes.New(), Hashes.New());
        await store.TransitionAsync(SessionSelector.ByPin(draft.Pin), new() { Now = Now }, Changes.Note(SessionEventKind.CodeTried, Now), Cancellation);
        await store.TransitionAsync(SessionSelector.ByLivePin(draft.Pin, Now, [join.Instance]), new() { Now = Now }, Changes.Join(join, Now), Cancellation);
        await ApplyAsync(Changes.Of(SessionTrigger.Ready, Now));
        await store.TouchAsync([new(id, [join.Key])], Now.AddMinutes(1), Cancellation);
        await store.TransitionAsync(SessionSelector.ById(id), new() { Now = Now, Capacity = 10 }, Changes.Start(Draft.Ada, Now), Cancellation);
        await ApplyAsync(Changes.Of(SessionTrigger.Close, Now));

        async Task ApplyAsync(SessionChange change) =>
            (await store.TransitionAsync(SessionSelector.ById(id), new() { Now = Now }, change, Cancellation)).Applied.Should().BeTrue();
    }

    private static async Task SendAsync(ISessionStore store)
    {
        var leaseUntil = Now.AddSeconds(30);
        await store.FindOldestMessageAsync(Cancellation);
        var claims = await store.ClaimAsync(Now, leaseUntil, 8, null, Cancellation);
        await store.BeginAsync(claims[0], Now, Cancellation);
        await store.RenewAsync(claims[0], leaseUntil, Cancellation);
        await store.CompleteAsync(new OutboxResult(claims[0], Now.AddHours(1)), Cancellation);
        await store.BeginAsync(claims[1], Now, Cancellation);
        await store.CompleteAsync(new OutboxResult(claims[1], Change: Changes.Note(SessionEventKind.Invitation, Now)), Cancellation);
        await store.BeginAsync(claims[2], Now.AddDays(1), Cancellation);
        await store.BeginAsync([.. claims[3..]], Now, Cancellation);
        await store.RenewAsync([.. claims[3..]], leaseUntil, Cancellation);
        await store.CompleteAsync(
            [.. claims[3..].Select(claim => new OutboxResult(claim, Change: Changes.Note(SessionEventKind.Invitation, Now)))], Cancellation);
        await store.ClaimAsync(Now, leaseUntil, 8, Now.AddHours(1), Cancellation);
        await store.ClaimAsync(Draft.Morning.AddDays(-1), leaseUntil, 8, Draft.Morning.AddDays(1), Cancellation);
    }

    private static async Task SubscribeAsync(ISessionStore sessions, ISubscriptionStore store)
    {
        var session = (await sessions.ListAsync(new() { Tenant = SeededDatabase.Tenant, Limit = 1 }, Cancellation))[0].Id;
        var lease = await store.TryTakeAsync(SeededDatabase.Subscription, "node", Now, Now.AddSeconds(30), 0, Cancellation);
        await store.TryTakeAsync(SeededDatabase.Subscription, "other", Now, Now.AddSeconds(30), 0, Cancellation);
        var held = new HeldEvent
        {
            Subscription = SeededDatabase.Subscription, Sequence = 7, Session = session, Tenant = SeededDatabase.Tenant, HeldSince = Now, RetryAt = Now,
        };
        var progress = new SubscriptionProgress(SeededDatabase.Subscription, lease!.Value.Fence, Now.AddSeconds(30), 9);
        (await store.SaveAsync(progress with { Held = [held, held with { Sequence = 8, RetryAt = null }] }, Cancellation)).Should().BeTrue();
        (await store.SaveAsync(progress with { Released = [7] }, Cancellation)).Should().BeTrue();
        foreach (var parked in (bool[])[true, false])
        {
            await store.ReadHeldAsync(SeededDatabase.Subscription, parked, 0, 100, Cancellation);
            await store.ReadHeldAsync(SeededDatabase.Subscription, parked, 1_000_000_000, 100, Cancellation);
        }

        (await store.RetryAsync(SeededDatabase.Subscription, 8, Now, Cancellation)).Should().BeTrue();
        (await store.DiscardAsync(SeededDatabase.Subscription, 8, Cancellation)).Should().BeFalse();
    }

    private static async Task PostAsync(ISessionStore sessions, IWebhookStore store)
    {
        var session = (await sessions.ListAsync(new() { Tenant = SeededDatabase.Tenant, Limit = 1 }, Cancellation))[0].Id;
        var message = new WebhookDelivery
        {
            Webhook = SeededDatabase.Webhook, Sequence = 7, Tenant = SeededDatabase.Tenant, Session = session, Type = "session.created", Body = "{}",
            CreatedAt = Now, DueAt = Now.AddHours(-1),
        };
        await store.AddAsync([message, message with { Sequence = 8, Webhook = "another" }], Cancellation);
        (await store.FindDueAsync(Now, cancellationToken: Cancellation)).Should().HaveCountGreaterThan(1);
        (await store.FindDueAsync(Draft.Morning.AddDays(-1), cancellationToken: Cancellation)).Should().BeEmpty();
        var claims = await store.ClaimAsync(SeededDatabase.Webhook, Now, Now.AddMinutes(1), 4, Cancellation);
        claims.Should().HaveCount(4);
        await store.CompleteAsync([new(claims[0], Now, 200, null, null), new(claims[1], Now, null, "away", Now.AddHours(1))], Cancellation);
        await store.GiveBackAsync([claims[2], claims[3]], Now, Cancellation);
        await store.ListAsync(SeededDatabase.Webhook, long.MaxValue, 100, Cancellation);
        await store.ListAsync(SeededDatabase.Webhook, 1_000_000_000, 100, Cancellation);
        await store.ReplayAsync(SeededDatabase.Webhook, claims[0].Delivery.Sequence, Now, Cancellation);
        await store.ForgetAsync(Draft.Morning.AddSeconds(1), 50, Cancellation);
        await store.ForgetAsync(Draft.Morning.AddDays(-1), 50, Cancellation);
        await store.DropAsync("another", Cancellation);
    }

    private static async Task EraseAsync(ISessionStore store)
    {
        await store.EraseAsync(new() { EndedBefore = DateTimeOffset.MaxValue, Limit = 50 }, Cancellation);
        await store.EraseAsync(new() { EndedBefore = Draft.Morning.AddDays(-1), Limit = 50 }, Cancellation);
        await store.EraseAsync(new() { EndedBefore = DateTimeOffset.MaxValue, Tenant = SeededDatabase.Tenant, Limit = 50 }, Cancellation);
        await store.EraseAsync(new() { EndedBefore = DateTimeOffset.MaxValue, Tenant = SeededDatabase.Tenant, Customer = "Customer 71", Limit = 50 }, Cancellation);
    }

    private static async Task LimitAsync(ILimitStore store, EntityFrameworkLimitStore own)
    {
        Limit[] limits = [new("a", 5, TimeSpan.FromMinutes(1)), new("b", 5, TimeSpan.FromMinutes(10))];
        await store.TryTakeAsync([.. limits], Now, Cancellation);
        await store.FindRetryAfterAsync([.. limits], Now, Cancellation);
        await store.ReturnAsync([.. limits], Now, Cancellation);
        await own.ForgetAsync(DateTimeOffset.MinValue, Cancellation);
    }

    private static async Task SaveAsync(ISettingsStore store)
    {
        await store.FindAllAsync(SeededDatabase.Tenant, Cancellation);
        await store.FindTenantsAsync("document3", Cancellation);
        await store.ReadHistoryAsync(SeededDatabase.Tenant, "document3", 1, Cancellation);
        await store.SaveAsync(new() { Tenant = SeededDatabase.Tenant, Name = "document3", Value = "{}", By = Draft.Ada, At = Now }, Cancellation);
        await store.EraseAsync("nobody", Cancellation);
    }
}
