using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpConnectionPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DispatchAsync_OneAfterAnother_SharesAConnectionWithoutAsking()
    {
        await using var sink = new SmtpSink();
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);

        for (var i = 0; i < 5; i++)
            await ShouldBeAccepted(dispatcher);

        sink.Sessions.Should().ContainSingle();
        sink.Commands.Should().NotContain("NOOP").And.NotContain("RSET");
    }

    [Fact]
    public async Task DispatchAsync_MessagesPerConnectionReached_SaysGoodbyeAndOpensAnother()
    {
        await using var sink = new SmtpSink();
        var options = sink.Options();
        options.MessagesPerConnection = 2;
        await using (var dispatcher = new SmtpDispatcher(options, time))
        {
            for (var i = 0; i < 5; i++)
                await ShouldBeAccepted(dispatcher);
        }

        sink.Sessions.Select(s => s.Messages.Count).Should().Equal(2, 2, 1);
        sink.Sessions.Should().OnlyContain(s => s.SaidGoodbye);
    }

    [Fact]
    public async Task Dispose_WithoutWaiting_ClosesAndSendsNoMore()
    {
        await using var sink = new SmtpSink();
        var dispatcher = new SmtpDispatcher(sink.Options(), time);
        await ShouldBeAccepted(dispatcher);

        dispatcher.Dispose();

        await dispatcher.Invoking(disposed => disposed.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task DispatchAsync_ManyAtOnce_KeepsToMaxConnections()
    {
        await using var sink = new SmtpSink();
        var options = sink.Options();
        options.MaxConnections = 3;
        await using var dispatcher = new SmtpDispatcher(options, time);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => ShouldBeAccepted(dispatcher), Cancellation)));

        sink.Sessions.Count.Should().BeInRange(1, 3);
        sink.Messages.Should().HaveCount(60);
    }

    [Fact]
    public async Task DispatchAsync_NoPlaceFree_CanBeCancelled()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { FaultyPhase = SmtpPhase.Greeting, Fault = SmtpFault.Hang });
        var options = sink.Options();
        options.MaxConnections = 1;
        await using var dispatcher = new SmtpDispatcher(options, time);
        using var first = new CancellationTokenSource();
        var holding = dispatcher.DispatchAsync(SampleMessage.Create(), first.Token);
        await sink.Faulted;

        var waiting = () => dispatcher.DispatchAsync(SampleMessage.Create(), new CancellationToken(canceled: true));

        await waiting.Should().ThrowAsync<OperationCanceledException>();
        sink.Sessions.Should().ContainSingle();
        await first.CancelAsync();
        await FluentActions.Awaiting(() => holding).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task DispatchAsync_AfterSomeIdleTime_AsksFirst()
    {
        await using var sink = new SmtpSink();
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);
        await ShouldBeAccepted(dispatcher);
        time.Advance(TimeSpan.FromSeconds(6));

        await ShouldBeAccepted(dispatcher);

        sink.Sessions.Should().ContainSingle();
        sink.Commands.Should().ContainSingle(c => c == "NOOP");
    }

    [Fact]
    public async Task DispatchAsync_IdleTimeoutPassed_HasSaidGoodbye()
    {
        await using var sink = new SmtpSink();
        await using (var dispatcher = new SmtpDispatcher(sink.Options(), time))
        {
            await ShouldBeAccepted(dispatcher);
            time.Advance(TimeSpan.FromSeconds(46));
            await ShouldBeAccepted(dispatcher);
        }

        sink.Sessions.Should().HaveCount(2).And.OnlyContain(s => s.SaidGoodbye);
    }

    [Theory]
    [InlineData(SmtpFault.Drop)]
    [InlineData(SmtpFault.Reset)]
    [InlineData(SmtpFault.Closing)]
    public async Task DispatchAsync_KeptConnectionIsDead_SendsOnceOnAFreshOne(SmtpFault fault)
    {
        await using var sink = new SmtpSink(FaultyAfterOneMessage(SmtpPhase.Mail, fault));
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);
        await ShouldBeAccepted(dispatcher);

        await ShouldBeAccepted(dispatcher);

        sink.Sessions.Select(s => s.Messages.Count).Should().Equal(1, 1);
    }

    [Theory]
    [InlineData(SmtpFault.Hang)]
    [InlineData(SmtpFault.Permanent)]
    [InlineData(SmtpFault.Drop)]
    public async Task DispatchAsync_KeptConnectionDoesNotAnswerNoop_SendsOnAFreshOne(SmtpFault fault)
    {
        await using var sink = new SmtpSink(FaultyAfterOneMessage(SmtpPhase.Housekeeping, fault));
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);
        await ShouldBeAccepted(dispatcher);
        time.Advance(TimeSpan.FromSeconds(6));

        var second = dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);
        await sink.Faulted;
        // A formality is not given the time of a command, nor even that of a connection.
        var end = time.GetUtcNow() + TimeSpan.FromSeconds(12);
        if (fault == SmtpFault.Hang)
            await time.PassUntilAsync(TimeSpan.FromSeconds(1), () => sink.Sessions.Count == 2 || time.GetUtcNow() >= end);

        (await second.WaitAsync(Patience, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();
        sink.Sessions.Select(s => s.Messages.Count).Should().Equal(1, 1);
    }

    [Theory]
    [InlineData(SmtpPhase.Recipient)]
    [InlineData(SmtpPhase.Data)]
    public async Task DispatchAsync_LostAfterMailWasAccepted_IsNotTriedAgain(object phase)
    {
        await using var sink = new SmtpSink(FaultyAfterOneMessage((SmtpPhase)phase, SmtpFault.Drop) with { Extensions = [] });
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);
        await ShouldBeAccepted(dispatcher);

        var result = await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation);

        result.Should().BeOfType<DispatchResult.NotSent>().Which.Cause.Should().Be(NotSentCause.ConnectionLost);
        sink.Sessions.Should().ContainSingle();
    }

    [Fact]
    public async Task DispatchAsync_FreshConnectionIsLost_IsNotTriedAgain()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { FaultyPhase = SmtpPhase.Mail, Fault = SmtpFault.Drop });
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);

        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.NotSent>();

        sink.Sessions.Should().ContainSingle();
    }

    [Theory]
    [InlineData(SmtpPhase.Mail)]
    [InlineData(SmtpPhase.Recipient)]
    [InlineData(SmtpPhase.Data)]
    [InlineData(SmtpPhase.EndOfBody)]
    public async Task DispatchAsync_MessageRefused_KeepsTheConnection(object phase)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { FaultyPhase = (SmtpPhase)phase, Fault = SmtpFault.Permanent });
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);

        for (var i = 0; i < 3; i++)
            (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Rejected>();

        sink.Sessions.Should().ContainSingle();
    }

    [Fact]
    public async Task DispatchAsync_ServerSays421_DoesNotUseTheConnectionAgain()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings
        {
            Answers = new Dictionary<SmtpPhase, string> { [SmtpPhase.EndOfBody] = "421 4.3.2 closing\r\n" },
        });
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);

        for (var i = 0; i < 2; i++)
            (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Deferred>();

        sink.Sessions.Select(s => s.Messages.Count).Should().Equal(1, 1);
    }

    [Fact]
    public async Task DispatchAsync_AfterDispose_Throws()
    {
        await using var sink = new SmtpSink();
        var dispatcher = new SmtpDispatcher(sink.Options(), time);
        await ShouldBeAccepted(dispatcher);
        await dispatcher.DisposeAsync();

        await FluentActions.Awaiting(() => dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().ThrowAsync<ObjectDisposedException>();
        sink.Sessions.Single().SaidGoodbye.Should().BeTrue();
    }

    private static SmtpSinkSettings FaultyAfterOneMessage(SmtpPhase phase, SmtpFault fault) => new()
    {
        FaultyPhase = phase,
        Fault = fault,
        FaultyConnections = number => number == 0,
        MessagesBeforeFault = 1,
    };

    private static async Task ShouldBeAccepted(SmtpDispatcher dispatcher) =>
        (await dispatcher.DispatchAsync(SampleMessage.Create(), Cancellation)).Should().BeOfType<DispatchResult.Accepted>();
}
