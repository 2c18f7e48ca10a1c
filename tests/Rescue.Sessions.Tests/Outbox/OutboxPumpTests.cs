using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Outbox;

public sealed class OutboxPumpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pump_MessageThatComesLater_IsSentWithoutTimePassing()
    {
        var sent = new TaskCompletionSource();
        using var desk = Desk(new ScriptedHandler(() =>
        {
            sent.SetResult();
            return Task.FromResult<OutboxOutcome>(new OutboxOutcome.Accepted());
        }));
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        var (session, _) = await desk.InviteAsync();

        await sent.Task.WaitAsync(Patience, Cancellation);
        await pump.StopAsync(Cancellation);
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Sent);
    }

    [Fact]
    public async Task Pump_FurtherInvitation_IsSentWithoutTimePassing()
    {
        var sent = new TaskCompletionSource();
        using var desk = Desk(new ScriptedHandler(
            ScriptedHandler.Answer(new OutboxOutcome.Accepted()),
            () =>
            {
                sent.SetResult();
                return Task.FromResult<OutboxOutcome>(new OutboxOutcome.Accepted());
            }));
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        var (session, _) = await desk.InviteAsync();
        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, async () => (await desk.FindAsync(session.Id)).Invitation!.State == InvitationState.Sent);

        await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose, EmailDelivery.OnMyBehalf, Cancellation);

        await sent.Task.WaitAsync(Patience, Cancellation);
        await pump.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Pump_Deferred_IsSentWhenItsTimeHasCome()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Deferred(null)), ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler);
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        var (session, _) = await desk.InviteAsync();

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(1), async () =>
            (await desk.FindAsync(session.Id)).Invitation!.State == InvitationState.Sent);

        await pump.StopAsync(Cancellation);
        handler.Seen.Should().HaveCount(2);
    }

    [Fact]
    public async Task Stop_WhileSending_FinishesWhatIsInFlightAndClaimsNothingMore()
    {
        var begun = new TaskCompletionSource();
        var answer = new TaskCompletionSource<OutboxOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new ScriptedHandler(() =>
        {
            begun.SetResult();
            return answer.Task;
        });
        using var desk = Desk(handler, options => options.Outbox.Concurrency = 1);
        var (first, _) = await desk.InviteAsync();
        var (second, _) = await desk.InviteAsync();
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        await begun.Task.WaitAsync(Patience, Cancellation);

        var stopping = pump.StopAsync(Cancellation);
        stopping.IsCompleted.Should().BeFalse();
        answer.SetResult(new OutboxOutcome.Accepted());
        await stopping.WaitAsync(Patience, Cancellation);

        (await desk.FindAsync(first.Id)).Invitation!.State.Should().Be(InvitationState.Sent);
        (await desk.FindAsync(second.Id)).Invitation!.State.Should().Be(InvitationState.Queued);
        handler.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task Pump_Concurrency_IsNotExceeded()
    {
        var running = 0;
        var most = 0;
        async Task<OutboxOutcome> SendAsync()
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return new OutboxOutcome.Accepted();
        }

        var handler = new ScriptedHandler([.. Enumerable.Repeat<Func<Task<OutboxOutcome>>>(SendAsync, 40)]);
        using var desk = Desk(handler, options => options.Outbox.Concurrency = 3);
        for (var i = 0; i < 40; i++)
            await desk.InviteAsync(new() { Delivery = EmailDelivery.OnMyBehalf, To = $"c{i}@example.org" });
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, async () =>
            (await desk.Directory.ListAsync(new() { Tenant = "default" })).All(s => s.Invitation!.State == InvitationState.Sent));

        await pump.StopAsync(Cancellation);
        most.Should().BeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task Pump_WhatIsBeingRecorded_TakesNoPlaceFromWhatIsSent(int concurrency)
    {
        const int bound = 64;
        var (store, probe) = StoreProbe.Create();
        var recording = new TaskCompletionSource();
        probe.Recording = recording.Task;
        var handler = new ScriptedHandler([.. Enumerable.Repeat(ScriptedHandler.Answer(new OutboxOutcome.Accepted()), 2 * bound)]);
        using var desk = new SupportDesk(
            options =>
            {
                options.Outbox.Concurrency = concurrency;
                options.Invitations.RecipientLimit = 0;
                options.Invitations.DistinctRecipients = 0;
            },
            services => services.AddSingleton<OutboxHandler>(handler).AddSingleton(store));
        for (var i = 0; i < 2 * bound; i++)
            await desk.InviteAsync(new() { Delivery = EmailDelivery.OnMyBehalf, To = $"c{i}@example.org" });
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(handler.Seen.Count >= bound));
        handler.Seen.Count.Should().BeLessThan(bound + concurrency, "answers that no store takes must not pile up");

        recording.SetResult();
        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(handler.Seen.Count == 2 * bound));
        await pump.StopAsync(Cancellation);
        (await desk.Directory.ListAsync(new() { Tenant = "default", Limit = 200 })).Should().OnlyContain(s => s.Invitation!.State == InvitationState.Sent);
    }

    [Fact]
    public async Task Pump_ClockThatIsSetBackWhileItClaims_SendsOnce()
    {
        var (store, probe) = StoreProbe.Create();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<OutboxOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new ScriptedHandler(
            () =>
            {
                begun.SetResult();
                return answer.Task;
            },
            ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = new SupportDesk(register: services => services.AddSingleton<OutboxHandler>(handler).AddSingleton(store));
        await desk.InviteAsync();
        probe.Asked = name =>
        {
            if (name != nameof(ISessionStore.ClaimAsync))
                return;
            // What is looked for next finds the message on its way.
            if (probe.CallsOf(name) == 1)
                desk.Time.AdjustTime(desk.Time.GetUtcNow() - TimeSpan.FromHours(1));
            else
                probe.Claiming = begun.Task;
        };
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await PassUntilClaimAsync(2);
        // The clock stands still until the message is on its way.
        await begun.Task.WaitAsync(Patience, Cancellation);
        await PassUntilClaimAsync(3);
        answer.SetResult(new OutboxOutcome.Accepted());
        await pump.StopAsync(Cancellation);

        handler.Seen.Should().ContainSingle();

        // In small steps: the clock must not run away from a lease.
        Task PassUntilClaimAsync(int count) =>
            Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(10), () => Task.FromResult(probe.CallsOf(nameof(ISessionStore.ClaimAsync)) >= count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task Pump_OneWayStandsStill_TheOtherGoesOn(int ahead)
    {
        var handler = new TwoWays();
        using var desk = Desk(handler, options => Wide(options));
        for (var i = 0; i < ahead; i++)
            await InviteAsync(desk, "stuck");
        for (var i = 0; i < 20; i++)
            await InviteAsync(desk, "open");
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(1), () => Task.FromResult(handler.Sent == 20));
        handler.Begun.Should().BeLessThanOrEqualTo(4, "a way has as many places as messages are sent at the same time");

        handler.Open();
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(1), () => Task.FromResult(handler.Sent >= 20 + ahead));
        await pump.StopAsync(Cancellation);
        (await desk.Directory.ListAsync(new() { Tenant = "default", Limit = 200 })).Should().OnlyContain(session => session.Invitation!.Attempts == 1, "to put a message off is no attempt");
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 48)]
    [InlineData(100, 1)]
    public async Task Pump_OneWayStandsStillAndClockIsSetBack_TheOtherGoesOn(int ahead, int hours)
    {
        var handler = new TwoWays();
        using var desk = Desk(handler, Wide);
        for (var i = 0; i < ahead; i++)
            await InviteAsync(desk, "stuck");
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(10), () => Task.FromResult(handler.Begun == 4));

        desk.Time.AdjustTime(desk.Time.GetUtcNow() - TimeSpan.FromHours(hours));
        var began = desk.Time.GetUtcNow();
        for (var i = 0; i < 3; i++)
            await InviteAsync(desk, "open");
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(10), () => Task.FromResult(handler.Sent == 3));

        (desk.Time.GetUtcNow() - began).Should().BeLessThan(TimeSpan.FromMinutes(1));
        handler.Open();
        await pump.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Pump_OptionsThatAreNoLongerValid_WaitsForOthersAndSendsNothingTwice()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<OutboxOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new ScriptedHandler(
            () =>
            {
                sending.SetResult();
                return answer.Task;
            },
            ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        var concurrency = 4;
        using var changed = new ChangedOptions();
        using var desk = Desk(handler, options => options.Outbox.Concurrency = concurrency, changed);
        var (first, _) = await desk.InviteAsync();
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        await sending.Task.WaitAsync(Patience, Cancellation);

        concurrency = 0;
        changed.Invoking(options => options.Tell()).Should().Throw<Exception>("whoever changes them is told");
        answer.SetResult(new OutboxOutcome.Accepted());
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), async () => (await desk.Store.FindAsync(SessionSelector.ById(first.Id)))!.Session.Invitation!.State == InvitationState.Sent);
        pump.ExecuteTask!.IsCompleted.Should().BeFalse();

        concurrency = 4;
        changed.Tell();
        await desk.InviteAsync();
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(handler.Seen.Count == 2));
        await pump.StopAsync(Cancellation);
        handler.Seen.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(4_000)]
    public async Task Pump_ManyStandStill_TheOtherWayNeedsNoTime(int ahead)
    {
        var handler = new TwoWays();
        using var desk = Desk(handler, Wide);
        for (var i = 0; i < ahead; i++)
            await InviteAsync(desk, "stuck");
        await InviteAsync(desk, "open");
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(handler.Sent == 1));

        handler.Begun.Should().BeLessThanOrEqualTo(4);
        handler.Open();
        await pump.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Pump_WayThatCannotBeTold_StopsNobody()
    {
        using var desk = Desk(new TwoWays(), options => options.Outbox.Concurrency = 4);
        var (lost, _) = await InviteAsync(desk, "unknown");
        var (open, _) = await InviteAsync(desk, "open");
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(10), async () => (await desk.FindAsync(open.Id)).Invitation!.State == InvitationState.Sent);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(10), async () => (await desk.FindAsync(lost.Id)).Invitation!.State == InvitationState.Deferred);

        await pump.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Pump_WayIsNotTold_OthersGoOn(int ahead)
    {
        var handler = new TwoWays();
        using var desk = Desk(handler, Wide);
        for (var i = 0; i < ahead; i++)
            await InviteAsync(desk, "silent");
        var (open, _) = await InviteAsync(desk, "open");
        var began = desk.Time.GetUtcNow();
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassCarefullyUntilAsync(
            desk.Time,
            TimeSpan.FromMilliseconds(10),
            async () => desk.Time.GetUtcNow() - began > TimeSpan.FromMinutes(1) || (await desk.FindAsync(open.Id)).Invitation!.State == InvitationState.Sent);

        (desk.Time.GetUtcNow() - began).Should().BeLessThan(TimeSpan.FromSeconds(10));
        await pump.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Pump_WaysAreFound_AllAtOnce()
    {
        var handler = new TwoWays();
        using var desk = Desk(handler, Wide);
        for (var i = 0; i < 20; i++)
            await InviteAsync(desk, "silent");
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);

        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(handler.Asked == 20));

        await pump.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(60 * 48)]
    public async Task Pump_ClockIsSetBackWhileItSends_SendsOnce(int minutes)
    {
        var (store, probe) = StoreProbe.Create();
        var begun = new TaskCompletionSource();
        var answer = new TaskCompletionSource<OutboxOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new ScriptedHandler(
            () =>
            {
                begun.SetResult();
                return answer.Task;
            },
            ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = new SupportDesk(
            options =>
            {
                options.Codes.Validity = TimeSpan.FromHours(20);
                options.Outbox.MaxRetryDelay = TimeSpan.FromSeconds(10);
            },
            services => services.AddSingleton<OutboxHandler>(handler).AddSingleton(store));
        await desk.InviteAsync();
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        await begun.Task.WaitAsync(Patience, Cancellation);

        desk.Time.AdjustTime(desk.Time.GetUtcNow() - TimeSpan.FromMinutes(minutes));
        var claims = probe.CallsOf(nameof(ISessionStore.ClaimAsync));
        await Soon.PassUntilAsync(
            desk.Time, TimeSpan.FromMilliseconds(10), () => Task.FromResult(probe.CallsOf(nameof(ISessionStore.ClaimAsync)) >= claims + 3));
        answer.SetResult(new OutboxOutcome.Accepted());
        await pump.StopAsync(Cancellation);

        handler.Seen.Should().ContainSingle();
    }

    [Fact]
    public async Task Pump_ClockOfAnotherNodeIsBehind_SendsOnce()
    {
        var (store, probe) = StoreProbe.Create();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<OutboxOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new ScriptedHandler(
            () =>
            {
                begun.SetResult();
                return answer.Task;
            },
            ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var ahead = Node();
        using var behind = Node();
        ahead.Time.Advance(TimeSpan.FromSeconds(5));
        await ahead.InviteAsync();
        var (first, second) = (Pump(ahead), Pump(behind));
        await first.StartAsync(Cancellation);
        await begun.Task.WaitAsync(Patience, Cancellation);

        var claims = probe.CallsOf(nameof(ISessionStore.ClaimAsync));
        await second.StartAsync(Cancellation);
        await Soon.PassUntilAsync(
            behind.Time, TimeSpan.FromMilliseconds(10), () => Task.FromResult(probe.CallsOf(nameof(ISessionStore.ClaimAsync)) >= claims + 3));
        answer.SetResult(new OutboxOutcome.Accepted());
        await first.StopAsync(Cancellation);
        await second.StopAsync(Cancellation);

        handler.Seen.Should().ContainSingle("what another node has just taken is not put off too far");

        SupportDesk Node() => new(
            options =>
            {
                options.Codes.Keys.Add(Convert.ToBase64String(new byte[32]));
                options.Outbox.MaxRetryDelay = TimeSpan.FromSeconds(1);
            },
            services => services.AddSingleton<OutboxHandler>(handler).AddSingleton(store));
    }

    [Theory]
    [InlineData(700)]
    public async Task Pump_ManyHeld_AreRenewedAndGivenBackInParts(int messages)
    {
        var (store, probe) = StoreProbe.Create();
        var handler = new TwoWays();
        using var desk = new SupportDesk(Wide, services => services.AddSingleton<OutboxHandler>(handler).AddSingleton(store));
        for (var i = 0; i < messages; i++)
            await InviteAsync(desk, $"stuck{i % 20}");
        var pump = Pump(desk);
        await pump.StartAsync(Cancellation);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(handler.Begun == 80 && handler.Asked == messages));

        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(100), () => Task.FromResult(probe.Renewals.Sum() >= messages));
        var stopping = pump.StopAsync(Cancellation);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.Zero, () => Task.FromResult(probe.Renewals.Sum() >= messages + messages - 80));
        handler.Open();
        await stopping;

        probe.Renewals.Should().OnlyContain(count => count <= 256, "a statement takes no more variables than a database allows");
    }

    private static void Wide(RescueSessionsOptions options)
    {
        options.Outbox.Concurrency = 4;
        options.Codes.Validity = TimeSpan.FromHours(20);
        options.Invitations.RecipientLimit = 0;
    }

    private static async Task<(Session Session, ConnectionLink Link)> InviteAsync(SupportDesk desk, string way)
    {
        var input = new NewSession(way) { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };
        var created = (CreateSessionResult.Created)await desk.Invitations.CreateAsync(desk.Ada, input, SupportDesk.Compose);
        return (created.Session, created.Link!);
    }

    /// <summary>Sends at once by one way, and by the other not before it is opened.</summary>
    private sealed class TwoWays : OutboxHandler
    {
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<string> told = new();
        private int asked;
        private int begun;
        private int sent;

        /// <summary>How often a way was asked for.</summary>
        public int Asked => Volatile.Read(ref asked);

        public int Begun => Volatile.Read(ref begun);

        public int Sent => Volatile.Read(ref sent);

        public override string Kind => "test";

        public override bool SendsInvitations => true;

        public override bool HasLanes => true;

        public void Open() => opened.SetResult();

        public override ValueTask<string> FindLaneAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            return Way(payload) == "silent" ? new(told.Task) : new(Way(payload));
        }

        public override async Task<OutboxOutcome> SendAsync(SessionId session, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            if (Way(payload).StartsWith("stuck", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref begun);
                await opened.Task;
            }

            Interlocked.Increment(ref sent);
            return new OutboxOutcome.Accepted();
        }

        private static string Way(ReadOnlyMemory<byte> payload) => Encoding.UTF8.GetString(payload.Span).Split(' ', ',')[1] is var way && (way is "silent" or "open" || way.StartsWith("stuck", StringComparison.Ordinal))
            ? way
            : throw new InvalidOperationException("There is no such way.");
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        do
            seen = Volatile.Read(ref target);
        while (seen < value && Interlocked.CompareExchange(ref target, value, seen) != seen);
    }

    private static SupportDesk Desk(OutboxHandler handler, Action<RescueSessionsOptions>? configure = null, ChangedOptions? changed = null) =>
        new(configure, services =>
        {
            services.AddSingleton(handler);
            if (changed is not null)
                services.AddSingleton<IOptionsChangeTokenSource<RescueSessionsOptions>>(changed);
        });

    /// <summary>A file of configuration that somebody edits.</summary>
    private sealed class ChangedOptions : IOptionsChangeTokenSource<RescueSessionsOptions>, IDisposable
    {
        private CancellationTokenSource change = new();

        public string Name => Options.DefaultName;

        public IChangeToken GetChangeToken() => new CancellationChangeToken(change.Token);

        public void Tell()
        {
            using var told = Interlocked.Exchange(ref change, new());
            told.Cancel();
        }

        public void Dispose() => change.Dispose();
    }

    private static OutboxPump Pump(SupportDesk desk) => desk.Get<IEnumerable<IHostedService>>().OfType<OutboxPump>().Single();
}
