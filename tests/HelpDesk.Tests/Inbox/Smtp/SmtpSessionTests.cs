using System.Text;
using HelpDesk.Inbox;
using HelpDesk.Inbox.Smtp;

namespace HelpDesk.Tests.Inbox.Smtp;

public sealed class SmtpSessionTests
{
    private readonly CapturedMessages _messages = new(TimeProvider.System);
    private readonly SmtpSession _session;

    public SmtpSessionTests() => _session = new SmtpSession(_messages);

    [Fact]
    public void Session_WholeConversation_CapturesEnvelopeAndContent()
    {
        Code("EHLO client.example").Should().Be(250);
        Code("MAIL FROM:<a@acme.example> BODY=8BITMIME SMTPUTF8 SIZE=100").Should().Be(250);
        Code("RCPT TO:<b@example.com>").Should().Be(250);
        Code("rcpt to: <\"odd>name\"@example.com>").Should().Be(250);
        Code("DATA").Should().Be(354);
        _session.ReceivesData.Should().BeTrue();

        Text(_session.Receive("Subject: x\r\n\r\ny"u8.ToArray())).Should().StartWith("250 2.6.0").And.Contain("1");

        var message = _messages.NewestFirst().Should().ContainSingle().Subject;
        message.Sender.Should().Be("a@acme.example");
        message.Recipients.Should().Equal("b@example.com", "\"odd>name\"@example.com");
        _session.ReceivesData.Should().BeFalse();
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b.example>", 503)]
    [InlineData("RCPT TO:<a@b.example>", 503)]
    [InlineData("DATA", 503)]
    [InlineData("EHLO", 501)]
    [InlineData("HELO  ", 501)]
    [InlineData("STARTTLS", 502)]
    [InlineData("AUTH PLAIN AAAA", 502)]
    [InlineData("NONSENSE", 500)]
    [InlineData("", 500)]
    [InlineData("NOOP\nMAIL FROM:<a@b.example>", 500)]
    [InlineData("noop", 250)]
    [InlineData("RSET", 250)]
    [InlineData("VRFY x", 252)]
    [InlineData("QUIT", 221)]
    public void Answer_FirstCommand_IsWhatTheStandardSays(string line, int expected) => Code(line).Should().Be(expected);

    [Theory]
    [InlineData("MAIL FROM:a@b.example", 501)]
    [InlineData("MAIL TO:<a@b.example>", 501)]
    [InlineData("MAIL FROM:<a@b.example>x", 501)]
    [InlineData("MAIL FROM:<a@b.example", 501)]
    [InlineData("MAIL FROM:<a@b.example> RET=HDRS", 555)]
    [InlineData("MAIL FROM:<a@b.example> SIZE=10485761", 552)]
    [InlineData("MAIL FROM:<a@b.example> SIZE=10485760", 250)]
    [InlineData("MAIL FROM:<>", 250)]
    public void Mail_AfterGreeting_IsChecked(string line, int expected)
    {
        Code("EHLO x");

        Code(line).Should().Be(expected);
    }

    [Fact]
    public void Mail_Twice_IsABadSequence()
    {
        Code("EHLO x");
        Code("MAIL FROM:<a@b.example>");

        Code("MAIL FROM:<a@b.example>").Should().Be(503);
    }

    [Theory]
    [InlineData("RCPT TO:<>", 501)]
    [InlineData("RCPT TO:<a@b.example> NOTIFY=NEVER", 555)]
    public void Recipient_Malformed_IsRefused(string line, int expected)
    {
        Code("EHLO x");
        Code("MAIL FROM:<a@b.example>");

        Code(line).Should().Be(expected);
    }

    [Fact]
    public void Recipient_BeyondTheLimit_IsRefusedForNow()
    {
        Code("EHLO x");
        Code("MAIL FROM:<a@b.example>");
        for (var i = 0; i < SmtpLimits.MaxRecipients; i++)
            Code($"RCPT TO:<r{i}@b.example>").Should().Be(250);

        Code("RCPT TO:<one.more@b.example>").Should().Be(452);
    }

    [Theory]
    [InlineData("RSET")]
    [InlineData("EHLO again")]
    public void Reset_InAMail_ForgetsIt(string reset)
    {
        Code("EHLO x");
        Code("MAIL FROM:<a@b.example>");
        Code("RCPT TO:<c@d.example>");

        Code(reset).Should().Be(250);

        Code("DATA").Should().Be(503);
    }

    [Fact]
    public void Receive_TooBig_IsRefusedAndNotKept()
    {
        Code("EHLO x");
        Code("MAIL FROM:<a@b.example>");
        Code("RCPT TO:<c@d.example>");
        Code("DATA");

        Text(_session.Receive(null)).Should().StartWith("552");
        _messages.NewestFirst().Should().BeEmpty();
    }

    private int Code(string line) => int.Parse(Text(_session.Answer(line))[..3], System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(byte[] reply) => Encoding.ASCII.GetString(reply);
}
