namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpReplyTests
{
    [Theory]
    [InlineData("5.1.1 no such user", "5.1.1", "no such user")]
    [InlineData("5.1.1", "5.1.1", "")]
    [InlineData("no such user 5.1.1", null, "no such user 5.1.1")]
    [InlineData("3.1.1 odd", null, "3.1.1 odd")]
    [InlineData("5.1.1.1 odd", null, "5.1.1.1 odd")]
    public void EnhancedStatus_AtTheStart_IsReadAndCutOff(string text, string? status, string words)
    {
        var reply = new SmtpReply(SmtpPhase.Recipient, 550, text);

        reply.EnhancedStatus.Should().Be(status);
        reply.Words.Should().Be(words);
    }

    [Theory]
    [InlineData("greylisted, try again in 300 seconds", 300)]
    [InlineData("Try again in 5 minutes.", 300)]
    [InlineData("wait 2h", 7_200)]
    [InlineData("retry in 1 second", 1)]
    [InlineData("retry in 0 seconds", null)]
    [InlineData("retry in 99999 hours", null)]
    [InlineData("4 messages too many", null)]
    [InlineData("later", null)]
    public void RetryAfter_InWords_IsRead(string text, int? seconds) =>
        (new SmtpReply(SmtpPhase.Recipient, 451, text).RetryAfter?.TotalSeconds).Should().Be(seconds);
}
