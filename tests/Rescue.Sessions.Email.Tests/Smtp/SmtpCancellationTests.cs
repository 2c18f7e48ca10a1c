using Microsoft.Extensions.Time.Testing;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpCancellationTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(SmtpPhase.Greeting)]
    [InlineData(SmtpPhase.Mail)]
    [InlineData(SmtpPhase.Data)]
    public async Task DispatchAsync_CancelledBeforeTheBody_Throws(object phase)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { FaultyPhase = (SmtpPhase)phase, Fault = SmtpFault.Hang });
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);
        using var caller = new CancellationTokenSource();
        var dispatch = dispatcher.DispatchAsync(SampleMessage.Create(), caller.Token);
        await sink.Faulted;

        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => dispatch).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(caller.Token);
        sink.Messages.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DispatchAsync_TokenThatNeverComes_HoldsTheConnectionNoLonger(bool byCaller)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { Security = SmtpSecurity.StartTls, Authentication = "XOAUTH2" });
        var options = sink.Options();
        options.MaxConnections = 1;
        var asked = new TaskCompletionSource();
        var tokens = new Queue<Task<string>>([new TaskCompletionSource<string>().Task, Task.FromResult("the-token")]);
        options.Credentials = SmtpCredentials.FromTokenProvider("me@example.com", _ =>
        {
            asked.TrySetResult();
            return new(tokens.Dequeue());
        });
        await using var dispatcher = new SmtpDispatcher(options, time);
        using var caller = new CancellationTokenSource();
        var dispatch = dispatcher.DispatchAsync(SampleMessage.Create(), caller.Token);
        await asked.Task;

        if (byCaller)
        {
            await caller.CancelAsync();
            await FluentActions.Awaiting(() => dispatch).Should().ThrowAsync<OperationCanceledException>();
        }
        else
        {
            await time.PassUntilAsync(TimeSpan.FromSeconds(30), () => dispatch.IsCompleted);
            (await dispatch).Should().BeOfType<DispatchResult.NotSent>().Which.Cause.Should().Be(NotSentCause.TimedOut);
        }

        (await dispatcher.DispatchAsync(SampleMessage.Create(), TestContext.Current.CancellationToken)).Should().BeOfType<DispatchResult.Accepted>();
    }

    [Fact]
    public async Task DispatchAsync_CancelledAfterTheBody_StillAwaitsTheAnswer()
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { FaultyPhase = SmtpPhase.EndOfBody, Fault = SmtpFault.Hang });
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);
        using var caller = new CancellationTokenSource();
        var dispatch = dispatcher.DispatchAsync(SampleMessage.Create(), caller.Token);
        await sink.Faulted;

        await caller.CancelAsync();

        dispatch.IsCompleted.Should().BeFalse();
        await time.PassUntilAsync(TimeSpan.FromSeconds(30), () => dispatch.IsCompleted);
        (await dispatch).Should().BeOfType<DispatchResult.Unknown>();
    }

    [Fact]
    public async Task DispatchAsync_CancelledBeforehand_OpensNoConnection()
    {
        await using var sink = new SmtpSink();
        await using var dispatcher = new SmtpDispatcher(sink.Options(), time);

        await FluentActions.Awaiting(() => dispatcher.DispatchAsync(SampleMessage.Create(), new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

        sink.Sessions.Should().BeEmpty();
    }
}
