using System.Text;

namespace Rescue.Sessions.Email.Mime;

public sealed class EmailMimeTests
{
    [Fact]
    public void ToMime_AnyMessage_IsWhatGoesOverTheWire()
    {
        foreach (var message in new[] { SampleMessage.Create(), SampleMessage.Create() with { Html = null }, SampleMessage.CreateWith(Pictures.Logo()) })
        {
            message.ToMime().Should().Equal(Wire.Of(message)).And.Equal(message.ToMime());
            Wire.Check(message.ToMime());
        }
    }

    [Fact]
    public void ToMime_Sample_ReadsBackAsItWas()
    {
        var message = SampleMessage.Create();

        using var read = Wire.Read(message.ToMime());

        (read.Subject, read.MessageId, read.HtmlBody).Should().Be((message.Subject, message.MessageId, message.Html));
        read.From.Mailboxes.Single().Name.Should().Be(message.From.DisplayName);
        read.Headers.Should().NotContain(header => header.Field == "DKIM-Signature");
    }

    [Theory]
    [InlineData("customer@example.net", true)]
    [InlineData("zoë@example.net", false)]
    public void ToMime_International_IsUtf8InTheHeadersWhereAnAddressNeedsIt(string to, bool isAscii)
    {
        var message = SampleMessage.Create() with { To = EmailAddress.Parse(to) };

        Ascii.IsValid(message.ToMime()).Should().Be(isAscii);
        message.To.RequiresSmtpUtf8.Should().Be(!isAscii);
    }

    [Fact]
    public void ToMime_Draft_IsAMistake()
    {
        var write = () => (SampleMessage.Create() with { To = null }).ToMime();

        write.Should().Throw<ArgumentException>().WithMessage("*recipient*");
    }
}
