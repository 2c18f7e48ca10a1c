using System.Text;
using CsCheck;
using MimeKit;

namespace Rescue.Sessions.Email.Mime;

public sealed class MimeMessageFactoryTests
{
    [Fact]
    public void Create_Sample_HasEachHeaderOnce()
    {
        var wire = Wire.Of(SampleMessage.Create());

        Wire.Headers(wire).Select(h => h.Name).Should().BeEquivalentTo(
            "From", "Reply-To", "To", "Subject", "Date", "Message-Id", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type");
        Wire.Headers(wire).Should().Contain(("Auto-Submitted", "auto-generated")).And.Contain(("Content-Language", "fr"))
            .And.Contain(("Date", "Wed, 04 Mar 2026 05:06:07 +0100"));
    }

    [Fact]
    public void Create_Sample_ReadsBackAsItWas()
    {
        var message = SampleMessage.Create();
        using var read = Wire.Read(Wire.Of(message));

        read.Subject.Should().Be(message.Subject);
        read.From.Mailboxes.Single().Name.Should().Be(message.From.DisplayName);
        read.To.Mailboxes.Single().Address.Should().Be(message.To!.Address);
        read.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal).Should().Be(message.Text);
        read.HtmlBody.Should().Be(message.Html);
        read.MessageId.Should().Be(message.MessageId);
    }

    [Fact]
    public void Create_WithoutHtml_IsPlainText()
    {
        using var read = Wire.Read(Wire.Of(SampleMessage.Create() with { Html = null, ReplyTo = null }));

        read.Body.Should().BeOfType<TextPart>().Which.IsPlain.Should().BeTrue();
        read.Headers.Contains(HeaderId.ReplyTo).Should().BeFalse();
    }

    [Theory]
    [InlineData(24)]
    [InlineData(Organizations.OrganizationLogo.MaxBytes)]
    public void Create_WithALogo_HasItInlineBesideTheHtmlThatShowsIt(int length)
    {
        var message = SampleMessage.CreateWith(Pictures.Logo(length: length));
        var wire = Wire.Of(message);

        Wire.Check(wire);
        Encoding.ASCII.GetString(wire).Split("\r\n").Max(line => line.Length).Should().BeLessThanOrEqualTo(100);
        using var read = Wire.Read(wire);
        var shown = read.Body.Should().BeOfType<MultipartAlternative>().Which[1].Should().BeOfType<MultipartRelated>().Subject;
        shown.ContentType.Parameters["type"].Should().Be("text/html");
        shown.Root.Should().BeOfType<TextPart>().Which.Text.Should().Be(message.Html);
        var image = shown[1].Should().BeOfType<MimePart>().Subject;
        image.ContentType.MimeType.Should().Be("image/png");
        image.ContentId.Should().Be(message.Logo!.ContentId);
        image.ContentDisposition!.Disposition.Should().Be("inline");
        using var bytes = new MemoryStream();
        image.Content!.DecodeTo(bytes, TestContext.Current.CancellationToken);
        bytes.ToArray().Should().Equal(message.Logo.Bytes.ToArray());
        read.HtmlBody.Should().Contain($"cid:{image.ContentId}");
        Wire.Of(SampleMessage.CreateWith(Pictures.Logo(length: length))).Should().Equal(wire, "a repeat is the same");
    }

    [Fact]
    public void Create_WithoutALogo_IsWhatItWasBefore() =>
        Encoding.ASCII.GetString(Wire.Of(SampleMessage.Create())).Should().NotContain("related").And.NotContain("image/");

    [Fact]
    public void Create_SameMessageTwice_IsByteIdentical() =>
        Wire.Of(SampleMessage.Create()).Should().Equal(Wire.Of(SampleMessage.Create()));

    [Fact]
    public void Create_AnotherMessage_HasAnotherBoundary()
    {
        var other = SampleMessage.Create() with { MessageId = "other@example.com" };

        Boundary(other).Should().NotBe(Boundary(SampleMessage.Create()));
    }

    [Fact]
    public void Create_MostlyBeyondAscii_IsBase64()
    {
        using var mime = MimeMessageFactory.Create(SampleMessage.Create() with { Html = null, Text = "Здравствуйте" });

        ((MimePart)mime.Body!).ContentTransferEncoding.Should().Be(ContentEncoding.Base64);
    }

    [Fact]
    public void Create_InternationalDomain_IsAsciiOnTheWire()
    {
        var wire = Wire.Of(SampleMessage.Create() with { To = EmailAddress.Parse("ana@bücher.example") });

        Wire.Headers(wire).Should().Contain(("To", "ana@xn--bcher-kva.example"));
    }

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("josé@example.com")]
    public void Create_EncodedWordInANameOrSubject_IsShownAsWritten(string to)
    {
        const string trap = "=?utf-8?q?=0D=0ABcc:_b@example.org?=";
        var message = SampleMessage.Create() with
        {
            Subject = trap,
            From = SampleMessage.Create().From.WithDisplayName(trap),
            To = EmailAddress.Parse(to),
        };
        var wire = Wire.Of(message);

        Wire.Headers(wire).Should().HaveCount(10).And.NotContain(h => h.Name == "Bcc");
        using var read = Wire.Read(wire);
        read.Subject.Should().Be(trap);
        read.From.Mailboxes.Single().Name.Should().Be(trap);
    }

    [Fact]
    public void Create_LongSubject_IsFoldedWithin76Characters()
    {
        var subject = string.Join(" – ", Enumerable.Repeat("Длинная тема 😀", 28));
        var wire = Wire.Of(SampleMessage.Create() with { Subject = subject });

        Encoding.ASCII.GetString(wire).Split("\r\n").Should().OnlyContain(line => line.Length <= 76);
        using var read = Wire.Read(wire);
        read.Subject.Should().Be(subject);
    }

    [Fact]
    public void Create_HostileText_IsStrictOnTheWire() => Gen.Select(Hostile.Line, Hostile.Line, Hostile.Body, Hostile.Body, Hostile.Mailbox).Sample(
        (subject, name, text, html, to) =>
        {
            var message = SampleMessage.Create() with
            {
                Subject = subject,
                From = SampleMessage.Create().From.WithDisplayName(name),
                To = to,
                Text = text,
                Html = html,
            };
            var wire = Wire.Of(message);
            Wire.Check(wire, allowUtf8Headers: to.RequiresSmtpUtf8);
            Wire.Headers(wire).Should().HaveCount(10).And.OnlyHaveUniqueItems(h => h.Name);
            Encoding.UTF8.GetString(wire).Split("\r\n\r\n", 2)[1].Split("\r\n").Max(line => line.Length).Should().BeLessThanOrEqualTo(76);

            using var read = Wire.Read(wire);
            EmailAddress.Parse(read.To.Mailboxes.Single().Address).Should().Be(to);
            read.From.Mailboxes.Single().Name.Should().Be(name);
            read.Subject!.Trim().Should().Be(subject.Trim(), "readers drop spaces around it");
            read.BodyParts.Should().HaveCount(2);
            read.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal).Should().Be(message.Text);
        },
        iter: 3_000);

    private static string Boundary(EmailMessage message)
    {
        using var mime = MimeMessageFactory.Create(message);
        return mime.Body!.ContentType.Boundary!;
    }
}
