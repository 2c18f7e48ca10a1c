using System.Text;
using MailKit.Net.Smtp;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpConversationTests : IDisposable
{
    private readonly SmtpConversation conversation = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void Log_InPiecesOfAnySize_FollowsTheSame(int size)
    {
        Open();
        Client("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n", size);
        conversation.Phase.Should().Be(SmtpPhase.Mail);
        Server("250 2.1.0 ok\r\n", size);
        conversation.Phase.Should().Be(SmtpPhase.Recipient);
        conversation.IsMailAccepted.Should().BeTrue();
        Server("250-one\r\n250 two\r\n", size);
        Client("DATA\r\n", size);
        Server("354 go\r\n", size);
        conversation.IsBodyBegun.Should().BeTrue();
        conversation.IsSettled.Should().BeFalse();
        Client("DATA\r\n..\r\n.x\r\n\r\n.\r", size);
        conversation.Phase.Should().Be(SmtpPhase.Data);
        Client("\n", size);
        conversation.Phase.Should().Be(SmtpPhase.EndOfBody);
        Server("250 2.0.0 queued\r\n", size);

        conversation.Verdict.Should().Be(new SmtpReply(SmtpPhase.EndOfBody, 250, "2.0.0 queued"));
        conversation.IsSettled.Should().BeTrue();
    }

    [Fact]
    public void LogServer_AnswerBeforeTheBodyInThePacketThatAsksForIt_IsRefused()
    {
        Open();
        Client("DATA\r\n");

        var forge = () => Server("354 go\r\n250 2.0.0 queued\r\n");

        forge.Should().Throw<SmtpProtocolException>();
        conversation.IsBodyBegun.Should().BeFalse();
        conversation.Verdict.Should().BeNull();
    }

    [Fact]
    public void LogClient_AnswerToAChallengeThatLooksLikeACommand_IsStillAuthentication()
    {
        Open();
        Client("AUTH LOGIN\r\n");
        Server("334 VXNlcm5hbWU6\r\n");
        Client("DATAabc=\r\n");
        Server("535 5.7.8 no\r\n");

        conversation.Refusal.Should().Be(new SmtpReply(SmtpPhase.Authenticate, 535, "5.7.8 no"));
    }

    [Fact]
    public void LogServer_HeloPassesWhereEhloWasRefused_IsNoRefusal()
    {
        Server("220 sink\r\n");
        Client("EHLO me\r\n");
        Server("502 what?\r\n");
        conversation.Refusal.Should().NotBeNull();
        Client("HELO me\r\n");
        Server("250 sink\r\n");

        conversation.Refusal.Should().BeNull();
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("\r\n")]
    [InlineData("25\r\n")]
    [InlineData("2500 x\r\n")]
    [InlineData("199 x\r\n")]
    [InlineData("600 x\r\n")]
    [InlineData("250-a\r\n251 b\r\n")]
    [InlineData("+50 x\r\n")]
    public void LogServer_NotAnAnswer_IsRefused(string line) =>
        FluentActions.Invoking(() => Server(line)).Should().Throw<SmtpProtocolException>();

    [Fact]
    public void LogServer_AnswerWithoutEnd_IsRefused()
    {
        var flood = () =>
        {
            for (var i = 0; i < 10_000; i++)
                Server("220-and more\r\n");
        };

        flood.Should().Throw<SmtpProtocolException>();
    }

    public void Dispose() => conversation.Dispose();

    private void Open()
    {
        Server("220 sink\r\n");
        Client("EHLO me\r\n");
        Server("250 sink\r\n");
        conversation.BeginMessage();
    }

    private void Client(string text, int size = 1_000) => InPieces(text, size, conversation.LogClient);

    private void Server(string text, int size = 1_000) => InPieces(text, size, conversation.LogServer);

    private static void InPieces(string text, int size, Action<byte[], int, int> log)
    {
        var octets = Encoding.ASCII.GetBytes(text);
        for (var i = 0; i < octets.Length; i += size)
            log(octets, i, Math.Min(size, octets.Length - i));
    }
}
