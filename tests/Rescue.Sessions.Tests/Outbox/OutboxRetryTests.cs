using Rescue.Sessions.Outbox;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Tests.Outbox;

public sealed class OutboxRetryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly OutboxMessage Message = new(new("01234567-89ab-cdef-0123-456789abcdef"), default, "test", [], Now);

    private readonly OutboxOptions limits = new() { MaxAttempts = 3, MaxRetryDelay = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_SentOrRefused_IsRecordedAsItIs_AndNotTriedAgain(bool sent)
    {
        OutboxOutcome outcome = sent ? new OutboxOutcome.Accepted() : new OutboxOutcome.Rejected("550 no such mailbox");

        var decision = OutboxRetry.Decide(Claim(attempts: 0), outcome, limits, Now);

        decision.Should().Be(new OutboxDecision(outcome, new(Claim(attempts: 0))));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    public void Decide_PutOff_IsTriedAgain(int attempts, int withinSeconds)
    {
        var (outcome, result) = OutboxRetry.Decide(Claim(attempts), new OutboxOutcome.Deferred("451 later"), limits, Now);

        outcome.Should().Be(new OutboxOutcome.Deferred("451 later"));
        result.Should().Be(new OutboxResult(Claim(attempts), result.RetryAt));
        result.RetryAt.Should().BeAfter(Now).And.BeOnOrBefore(Now.AddSeconds(withinSeconds));
    }

    [Theory]
    [InlineData(30, 30, 30)]
    [InlineData(59, 59, 59)]
    [InlineData(300, 60, 60)]
    [InlineData(0, 0, 2)]
    [InlineData(-10, 0, 2)]
    [InlineData(900_000_000_000, 60, 60)]
    public void Decide_PutOffWithATimeAskedFor_IsLeftAloneForIt_ButNoLongerThanTheLongestPause(long askedSeconds, int fromSeconds, int toSeconds)
    {
        var outcome = new OutboxOutcome.Deferred("451 later") { RetryAfter = TimeSpan.FromSeconds(askedSeconds) };

        OutboxRetry.Decide(Claim(attempts: 0), outcome, limits, Now).Result.RetryAt
            .Should().BeOnOrAfter(Now.AddSeconds(fromSeconds)).And.BeOnOrBefore(Now.AddSeconds(toSeconds));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Decide_PutOffForTheLastTime_IsRejectedWithTheReason(int attempts) =>
        OutboxRetry.Decide(Claim(attempts), new OutboxOutcome.Deferred("451 later"), limits, Now)
            .Should().Be(new OutboxDecision(new OutboxOutcome.Rejected("451 later"), new(Claim(attempts))));

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Decide_NotSent_IsTriedForEver_AndDoesNotCount(int attempts)
    {
        var (outcome, result) = OutboxRetry.Decide(Claim(attempts), new OutboxOutcome.NotSent("A wrong password."), limits, Now);

        outcome.Should().Be(new OutboxOutcome.NotSent("A wrong password."));
        result.Should().Be(new OutboxResult(Claim(attempts), result.RetryAt) { IsHeld = true });
        result.RetryAt.Should().BeAfter(Now).And.BeOnOrBefore(Now + limits.MaxRetryDelay);
    }

    [Theory]
    [InlineData(-60, null, 0, 2)]
    [InlineData(0, null, 0, 2)]
    [InlineData(20, null, 0, 20)]
    [InlineData(86_000, null, 0, 60)]
    [InlineData(0, 30, 30, 30)]
    [InlineData(0, 300, 60, 60)]
    public void Decide_NotSent_WaitsAboutAsLongAsItHasWaited_OrIsAskedTo(int waitedSeconds, int? askedSeconds, int fromSeconds, int toSeconds)
    {
        var outcome = new OutboxOutcome.NotSent("Away.") { RetryAfter = askedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        var now = Now.AddSeconds(waitedSeconds);

        var retryAt = OutboxRetry.Decide(Claim(attempts: 40), outcome, limits, now).Result.RetryAt;

        retryAt.Should().BeAfter(now).And.BeOnOrAfter(now.AddSeconds(fromSeconds)).And.BeOnOrBefore(now.AddSeconds(toSeconds));
    }

    [Fact]
    public void Decide_NoAnswer_IsTriedOnceMore_WhateverTheAttempts()
    {
        var (outcome, result) = OutboxRetry.Decide(Claim(attempts: 7), new OutboxOutcome.Unknown(null), limits, Now);

        outcome.Should().Be(new OutboxOutcome.Unknown(null));
        result.Should().Be(new OutboxResult(Claim(attempts: 7), result.RetryAt, ResultUnknown: true));
        result.RetryAt.Should().BeAfter(Now).And.BeOnOrBefore(Now + limits.MaxRetryDelay);
    }

    [Fact]
    public void Decide_NoAnswerAgain_IsGivenUpAndStaysUnknown() =>
        OutboxRetry.Decide(Claim(attempts: 0, uncertain: 1), new OutboxOutcome.Unknown(null), limits, Now)
            .Should().Be(new OutboxDecision(new OutboxOutcome.Unknown(null), new(Claim(attempts: 0, uncertain: 1))));

    private static OutboxClaim Claim(int attempts, int uncertain = 0) => new(Message, 1, attempts, uncertain, Now.AddSeconds(30));
}
