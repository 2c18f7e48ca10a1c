using Rescue.Sessions.Invitations;
using CsCheck;
using Rescue.Sessions.Email.Mime;

namespace Rescue.Sessions.Email.Mailto;

public sealed class MailtoDispatcherTests
{
    private static readonly MailtoDispatcher Dispatcher = new();

    [Fact]
    public async Task DispatchAsync_Message_IsADraftInThreeForms()
    {
        var message = SampleMessage.Create();

        var result = await Dispatcher.DispatchAsync(message, TestContext.Current.CancellationToken);

        var draft = result.Should().BeOfType<DispatchResult.Drafted>().Which.Draft;
        draft.Mailto.Should().StartWith("mailto:customer@example.net?subject=");
        draft.Text.Should().Be(message.Text);
        draft.Eml.Should().StartWith("X-Unsent: 1\r\n");
        Dispatcher.Delivery.Should().Be(EmailDelivery.DefaultMailClient);
    }

    [Fact]
    public async Task DispatchAsync_Message_LeavesToTheMailProgramWhatIsItsOwn()
    {
        var eml = await EmlOf(SampleMessage.Create());

        var names = Wire.Headers(System.Text.Encoding.UTF8.GetBytes(eml)).Select(h => h.Name);
        names.Should().Equal(
            "X-Unsent", "From", "Reply-To", "To", "Subject", "Content-Language", "Date", "MIME-Version", "Content-Type");
    }

    [Fact]
    public async Task DispatchAsync_OfAnUnknownAccount_LeavesTheSenderToTheMailProgram()
    {
        var eml = await EmlOf(SampleMessage.Create() with { ReplyTo = null, IsOfUnknownAccount = true });

        var names = Wire.Headers(System.Text.Encoding.UTF8.GetBytes(eml)).Select(h => h.Name);
        names.Should().Equal("X-Unsent", "To", "Subject", "Content-Language", "Date", "MIME-Version", "Content-Type");
        eml.Should().NotContain("support@");
    }

    [Fact]
    public async Task DispatchAsync_InternationalAddress_IsADraftInUtf8()
    {
        var eml = await EmlOf(SampleMessage.Create() with { To = EmailAddress.Parse("josé@example.com") });

        Wire.Headers(System.Text.Encoding.UTF8.GetBytes(eml)).Should().Contain(("To", "josé@example.com"));
    }

    [Fact]
    public async Task DispatchAsync_Cancelled_Throws()
    {
        var dispatch = () => Dispatcher.DispatchAsync(SampleMessage.Create(), new CancellationToken(canceled: true));

        await dispatch.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public Task DispatchAsync_HostileText_IsAStrictFileToOneRecipient() => Gen.Select(Hostile.Line, Hostile.Body, Hostile.Mailbox).SampleAsync(
        async (subject, text, to) =>
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(await EmlOf(SampleMessage.Create() with { Subject = subject, Text = text, To = to }));
            Wire.Check(bytes, allowUtf8Headers: to.RequiresSmtpUtf8);
            using var read = Wire.Read(bytes);
            EmailAddress.Parse(read.To.Mailboxes.Single().Address).Should().Be(to);
            read.Bcc.Count.Should().Be(0);
            read.Cc.Count.Should().Be(0);
            Wire.Headers(bytes).Should().HaveCount(9);
        },
        iter: 1_000);

    private static async Task<string> EmlOf(EmailMessage message) =>
        ((DispatchResult.Drafted)await Dispatcher.DispatchAsync(message, CancellationToken.None)).Draft.Eml;
}
