using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Tests.Telemetry;

namespace Rescue.Sessions.Tests.Outbox;

public sealed class OutboxSenderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Resend_OfWhatWaitsForASetting_TakesItsPlace(int resends)
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.NotSent("The sender is refused.")), ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler, options => options.Invitations.RecipientLimit = 0);
        var (session, _) = await desk.InviteAsync();
        await PumpAsync(desk);
        (await desk.FindAsync(session.Id)).Invitation!.IsHeld.Should().BeTrue();

        for (var i = 0; i < resends; i++)
        {
            var result = await desk.Invitations.ResendAsync(desk.Ada, session.Id, (found, link) => SupportDesk.Compose(found, link) with { Payload = Encoding.UTF8.GetBytes("From another sender.") });
            result.Should().BeOfType<SessionResult.Done>();
        }

        await PumpAsync(desk);

        handler.Seen.Should().HaveCount(2).And.EndWith("From another sender.");
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Sent);
    }

    [Fact]
    public async Task Send_Accepted_IsSentOnceAndErased()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler);
        var (session, link) = await desk.InviteAsync();

        await PumpAsync(desk);

        handler.Seen.Should().ContainSingle().Which.Should().Be($"Dear Grace Hopper, {link.ToUri()}");
        var invitation = (await desk.FindAsync(session.Id)).Invitation!;
        invitation.Should().Match<Invitation>(i => i.State == InvitationState.Sent && i.Attempts == 1 && i.Reason == null);
        (await ClaimAsync(desk, TimeSpan.FromHours(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Send_Rejected_IsNeverTriedAgain()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Rejected("550 no such mailbox")));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();

        await PumpAsync(desk);
        desk.Time.Advance(TimeSpan.FromMinutes(10));
        await PumpAsync(desk);

        handler.Seen.Should().ContainSingle();
        (await desk.FindAsync(session.Id)).Invitation.Should()
            .Match<Invitation>(i => i.State == InvitationState.Rejected && i.Reason == "550 no such mailbox");
    }

    [Fact]
    public async Task Send_Deferred_IsRepeatedWithTheSameBodyUntilItIsSent()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Deferred("451 later")), ScriptedHandler.Answer(new OutboxOutcome.Deferred("451 later")), ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();

        await PumpAsync(desk);
        (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(i => i.State == InvitationState.Deferred && i.Reason == "451 later");
        (await ClaimAsync(desk, TimeSpan.Zero)).Should().BeEmpty("it backs off");
        for (var i = 0; i < 2; i++)
        {
            desk.Time.Advance(TimeSpan.FromMinutes(1));
            await PumpAsync(desk);
        }

        handler.Seen.Should().HaveCount(3);
        handler.Seen.Distinct().Should().ContainSingle();
        (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(i => i.State == InvitationState.Sent && i.Attempts == 3);
    }

    [Fact]
    public async Task Send_DeferredTooOften_IsRejectedWithTheLastReason()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Deferred("451 a")), ScriptedHandler.Answer(new OutboxOutcome.Deferred("451 b")));
        using var desk = Desk(handler, options => options.Outbox.MaxAttempts = 2);
        var (session, _) = await desk.InviteAsync();

        await PumpAsync(desk);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await PumpAsync(desk);

        (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(i => i.State == InvitationState.Rejected && i.Reason == "451 b");
        (await ClaimAsync(desk, TimeSpan.FromHours(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Send_Held_WaitsForAsLongAsItTakesAndSaysSoOnce()
    {
        static Task<OutboxOutcome> Held() => Task.FromResult<OutboxOutcome>(new OutboxOutcome.NotSent("The credentials were refused."));
        var handler = new ScriptedHandler([.. Enumerable.Repeat(Held, 10), ScriptedHandler.Answer(new OutboxOutcome.Deferred("451")), ScriptedHandler.Answer(new OutboxOutcome.Accepted())]);
        using var desk = Desk(handler, options => options.Outbox.MaxAttempts = 2);
        var (session, _) = await desk.InviteAsync();

        for (var i = 0; i < 10; i++)
        {
            await PumpAsync(desk);
            (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(
                i => i.State == InvitationState.Deferred && i.IsHeld && i.Attempts == 0 && i.Reason == "The credentials were refused.");
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History.Events.Count(e => e.Detail == "Deferred").Should().Be(1);
        await PumpAsync(desk);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await PumpAsync(desk);

        (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(i => i.State == InvitationState.Sent && !i.IsHeld && i.Attempts == 2);
    }

    [Fact]
    public async Task Send_Held_IsToldInTheLogOnceForEachReason()
    {
        using var recorder = new Recorder();
        var handler = new ScriptedHandler(
            [
                .. Enumerable.Repeat(ScriptedHandler.Answer(new OutboxOutcome.NotSent("away")), 5),
                .. Enumerable.Repeat(ScriptedHandler.Answer(new OutboxOutcome.NotSent("refused")), 5),
                ScriptedHandler.Answer(new OutboxOutcome.Deferred("451")),
                ScriptedHandler.Answer(new OutboxOutcome.Deferred("451")),
                ScriptedHandler.Answer(new OutboxOutcome.NotSent("refused")),
                ScriptedHandler.Answer(new OutboxOutcome.Accepted()),
            ]);
        using var desk = new SupportDesk(register: services =>
        {
            services.AddSingleton<ILoggerFactory>(new LoggerFactory([recorder]));
            services.AddSingleton<OutboxHandler>(handler);
        });
        await desk.InviteAsync();

        for (var i = 0; i < 14; i++)
        {
            await PumpAsync(desk);
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        recorder.Logs.Where(line => line.StartsWith("6 ", StringComparison.Ordinal) || line.StartsWith("15 ", StringComparison.Ordinal))
            .Select(line => line.Split("Reason, ")[^1].Split(']')[0].Split(' ')[0])
            .Should().Equal("away", "refused", "451", "451", "refused", "15");
    }

    [Fact]
    public async Task Send_HeldAndTakenAsADraft_IsNotSentLater()
    {
        var handler = new ScriptedHandler(() => Task.FromResult<OutboxOutcome>(new OutboxOutcome.NotSent("No.")));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();
        await PumpAsync(desk);

        var result = await desk.Invitations.ResendAsync(
            desk.Ada, session.Id, (s, _) => new(new() { Delivery = EmailDelivery.DefaultMailClient, State = InvitationState.Drafted, At = desk.Time.GetUtcNow() }),
            EmailDelivery.DefaultMailClient);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await PumpAsync(desk);

        result.Should().BeOfType<SessionResult.Done>();
        handler.Seen.Should().ContainSingle();
        (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(i => i.State == InvitationState.Drafted && !i.IsHeld);
    }

    [Fact]
    public async Task Send_Unknown_IsRepeatedOnceIdenticallyAndNeverAgain()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Unknown(null)), ScriptedHandler.Answer(new OutboxOutcome.Unknown(null)));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();

        for (var i = 0; i < 5; i++)
        {
            await PumpAsync(desk);
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        handler.Seen.Should().HaveCount(2);
        handler.Seen.Distinct().Should().ContainSingle();
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Unknown);
    }

    [Theory]
    [InlineData(1, InvitationState.Sent)]
    [InlineData(2, InvitationState.Sent)]
    [InlineData(3, InvitationState.Unknown)]
    public async Task Send_SenderKilledWhileSending_IsTriedAgainTwiceAndThenUnknown(int kills, InvitationState end)
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();
        for (var i = 0; i < kills; i++)
            await KillWhileSendingAsync(desk);

        await PumpAsync(desk);

        handler.Seen.Should().HaveCount(end == InvitationState.Sent ? 1 : 0, "three attempts may have arrived");
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(end);
        (await ClaimAsync(desk, TimeSpan.FromHours(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Send_KilledOnceAndThenUnanswered_IsNeverSentAgain()
    {
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Unknown(null)));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();
        await KillWhileSendingAsync(desk);

        await PumpAsync(desk);

        handler.Seen.Should().ContainSingle();
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Unknown);
        (await ClaimAsync(desk, TimeSpan.FromHours(1))).Should().BeEmpty();
    }

    [Theory]
    [InlineData("joined")]
    [InlineData("revoked")]
    [InlineData("expired")]
    public async Task Send_CodeThatIsOver_IsNeverSent(string state)
    {
        var handler = new ScriptedHandler();
        using var desk = Desk(handler);
        var (session, link) = await desk.InviteAsync();
        if (state == "joined")
            await desk.JoinAsync(link);
        else if (state == "revoked")
            await desk.Technicians.RevokeAsync(desk.Ada, session.Id);
        else
            desk.Time.Advance(TimeSpan.FromMinutes(20));

        await PumpAsync(desk);

        handler.Seen.Should().BeEmpty();
        (await desk.FindAsync(session.Id)).InvitationState.ToString().Should().BeEquivalentTo(state);
        (await ClaimAsync(desk, TimeSpan.FromHours(1))).Should().BeEmpty();
    }

    [Fact]
    public async Task Send_HandlerThrows_IsDeferredWithoutItsWords()
    {
        var handler = new ScriptedHandler(() => throw new IOException("grace@example.org"), ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler);
        var (session, _) = await desk.InviteAsync();

        await PumpAsync(desk);

        (await desk.FindAsync(session.Id)).Invitation.Should()
            .Match<Invitation>(i => i.State == InvitationState.Deferred && !i.Reason!.Contains("grace", StringComparison.Ordinal));
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await PumpAsync(desk);
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Sent);
    }

    [Fact]
    public async Task Send_NoHandlerOfTheKind_IsLeftToANodeThatHasOne()
    {
        var key = Convert.ToBase64String(new byte[32]);
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = new SupportDesk(options => options.Codes.Keys.Add(key));
        using var other = Desk(handler, options => options.Codes.Keys.Add(key), desk.Store);
        var (session, _) = await desk.InviteAsync();

        await PumpAsync(desk);

        (await desk.FindAsync(session.Id)).Invitation.Should().Match<Invitation>(i => i.State == InvitationState.Queued && i.Reason == null);
        other.Time.Advance(TimeSpan.FromSeconds(5));
        await PumpAsync(other);
        handler.Seen.Should().ContainSingle();
        var sent = (await desk.FindAsync(session.Id)).Invitation!;
        (sent.State, sent.Reason, sent.Attempts).Should().Be((InvitationState.Sent, null, 1));
    }

    [Fact]
    public async Task Send_NoHandlerOfTheKind_ForACodeThatHasExpired_IsForgotten()
    {
        using var desk = new SupportDesk();
        await desk.InviteAsync();
        desk.Time.Advance(TimeSpan.FromDays(1));

        await PumpAsync(desk);

        (await ClaimAsync(desk, TimeSpan.FromDays(1))).Should().BeEmpty();
    }

    /// <summary>What a process knows of a message and does not record is an unknown outcome to everybody else.</summary>
    [Theory]
    [InlineData(nameof(IOutboxStore.BeginAsync))]
    [InlineData(nameof(IOutboxStore.CompleteAsync))]
    public async Task Send_StoreThatLosesItsOwnPatience_IsAskedAgain(string question)
    {
        var (store, probe) = StoreProbe.Create();
        var handler = new ScriptedHandler(ScriptedHandler.Answer(new OutboxOutcome.Accepted()));
        using var desk = Desk(handler, store: store);
        var (session, _) = await desk.InviteAsync();
        probe.Asked = name =>
        {
            if (name == question && probe.CallsOf(question) == 1)
                throw new TaskCanceledException("The driver waits for no longer.");
        };

        var pumped = PumpAsync(desk);
        await Soon.PassUntilAsync(desk.Time, TimeSpan.FromMilliseconds(250), () => Task.FromResult(pumped.IsCompleted));

        await pumped;
        handler.Seen.Should().ContainSingle();
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Sent);
    }

    [Fact]
    public async Task Send_SlowHandler_KeepsItsLeaseByRenewal()
    {
        var answer = new TaskCompletionSource<OutboxOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var desk = Desk(new ScriptedHandler(() => answer.Task));
        var (session, _) = await desk.InviteAsync();
        var sending = desk.Get<OutboxSender>().SendAsync((await ClaimAsync(desk, TimeSpan.Zero)).Single());

        for (var i = 0; i < 12; i++)
        {
            desk.Time.Advance(TimeSpan.FromSeconds(10));
            (await desk.Store.ClaimAsync(desk.Time.GetUtcNow(), desk.Time.GetUtcNow() + LeaseKeeper.Lease, 1)).Should().BeEmpty();
        }

        answer.SetResult(new OutboxOutcome.Accepted());
        await sending;
        (await desk.FindAsync(session.Id)).Invitation!.State.Should().Be(InvitationState.Sent);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(4, 32)]
    [InlineData(5, 60)]
    [InlineData(1000, 60)]
    public void RetryDelay_Attempts_IsAnywhereUpToADoublingBound(int attempts, int boundSeconds)
    {
        var delays = Enumerable.Range(0, 2000).Select(_ => RetryDelay.After(attempts, TimeSpan.FromMinutes(1)).TotalSeconds).ToArray();

        delays.Should().OnlyContain(delay => delay > 0 && delay <= boundSeconds);
        delays.Max().Should().BeGreaterThan(boundSeconds * 0.9);
        delays.Min().Should().BeLessThan(boundSeconds * 0.1);
    }

    private static SupportDesk Desk(OutboxHandler handler, Action<RescueSessionsOptions>? configure = null, ISessionStore? store = null) => new(configure, services =>
    {
        services.AddSingleton(handler);
        if (store is not null)
            services.AddSingleton(store);
    });

    // A killed process has begun and never writes again: here, nobody renews what it holds.
    private static async Task KillWhileSendingAsync(SupportDesk desk)
    {
        var claim = (await ClaimAsync(desk, TimeSpan.Zero)).Should().ContainSingle().Subject;
        (await desk.Store.BeginAsync([claim], desk.Time.GetUtcNow())).Should().Equal(OutboxBegin.Begun);
        (await ClaimAsync(desk, TimeSpan.FromSeconds(29))).Should().BeEmpty();
        desk.Time.Advance(LeaseKeeper.Lease);
    }

    private static async Task PumpAsync(SupportDesk desk)
    {
        foreach (var claim in await ClaimAsync(desk, TimeSpan.Zero))
            await desk.Get<OutboxSender>().SendAsync(claim);
    }

    private static async Task<IReadOnlyList<OutboxClaim>> ClaimAsync(SupportDesk desk, TimeSpan later)
    {
        var now = desk.Time.GetUtcNow() + later;
        return await desk.Store.ClaimAsync(now, now + LeaseKeeper.Lease, 100);
    }
}
