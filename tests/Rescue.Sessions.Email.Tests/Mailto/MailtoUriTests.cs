using CsCheck;

namespace Rescue.Sessions.Email.Mailto;

public sealed class MailtoUriTests
{
    [Fact]
    public void Create_Sample_IsWrittenAsRfc6068Wants()
    {
        var uri = MailtoUri.Create(SampleMessage.Create() with { Subject = "Hi & bye?", Text = $"Hello,\n{SampleMessage.Link}\n" });

        uri.Should().Be("mailto:customer@example.net?subject=Hi%20%26%20bye%3F&body=Hello%2C%0D%0A"
            + "https%3A%2F%2Fhelp.example.com%2FCustomer%2FCode.aspx%3Fi%3D2%26Code%3D012345%26k%3D3q2-7wAAAAAAAAAAAAAAAA%0D%0A");
    }

    [Theory]
    [InlineData("a+b@example.com", "mailto:a%2Bb@example.com?")]
    [InlineData("a&b?c#d%e@example.com", "mailto:a%26b%3Fc%23d%25e@example.com?")]
    [InlineData("\"a,b@c\"@example.com", "mailto:%22a%2Cb%40c%22@example.com?")]
    [InlineData("josé@bücher.example", "mailto:jos%C3%A9@xn--bcher-kva.example?")]
    public void Create_UnusualAddress_IsEncodedButForItsAt(string address, string expected) =>
        MailtoUri.Create(SampleMessage.Create() with { To = EmailAddress.Parse(address) }).Should().StartWith(expected);

    [Theory]
    [InlineData("Click {0} to begin.", "Click\n{0}\nto begin.")]
    [InlineData("Click ({0}).", "Click (\n{0}\n).")]
    [InlineData("Hello.", "Hello.\n\n{0}")]
    [InlineData("Not {0}&x=1 but this.", "Not {0}&x=1 but this.\n\n{0}")]
    [InlineData("{0}", "{0}")]
    [InlineData("Either {0} or\n{0}", "Either {0} or\n{0}")]
    public void Create_LinkAmongWords_GetsALineOfItsOwn(string text, string expected) =>
        BodyOf(SampleMessage.Create() with { Text = Fill(text) }).Should().Be(Fill(expected));

    [Fact]
    public void Create_TextOverTheBudget_KeepsWhatStandsNearestTheLink()
    {
        var words = new string('w', 700);
        var text = $"Hello Bob,\n\n{words}\n\nOpen this:\n{SampleMessage.Link}\n\nIt ends soon.\n\n{words}\n\n{words}\n\nThe team";

        BodyOf(SampleMessage.Create() with { Text = text }).Should().Be(
            $"{words}\n\nOpen this:\n{SampleMessage.Link}\n\nIt ends soon.", "one paragraph more on each side goes over the budget");
    }

    [Fact]
    public void Create_ParagraphOfTheLinkOverTheBudget_IsTheLinkAlone() =>
        BodyOf(SampleMessage.Create() with { Text = $"{new string('w', 1_700)}\n{SampleMessage.Link}" }).Should().Be(SampleMessage.Link);

    [Fact]
    public void Create_LinkBetweenBudgetAndCap_StillFits()
    {
        var link = "https://help.example.com/" + new string('k', 1_650);
        var uri = MailtoUri.Create(SampleMessage.Create() with { Text = $"Hello\n{link}", Link = new Uri(link) });

        uri!.Length.Should().BeInRange(MailtoUri.Budget, MailtoUri.Cap);
        ParsedMailto.Parse(uri).Fields[1].Value.Should().Be(link);
    }

    [Fact]
    public void Create_LinkOverTheCap_IsNull()
    {
        var link = "https://help.example.com/" + new string('k', 2_000);

        MailtoUri.Create(SampleMessage.Create() with { Text = $"Hello\n{link}", Link = new Uri(link) }).Should().BeNull();
    }

    [Fact]
    public void Create_HostileText_HasOneAddresseeTwoFieldsAndTheWholeLink() => Gen.Select(Hostile.Line, Hostile.Body, Hostile.Mailbox).Sample(
        (subject, body, to) =>
        {
            var message = SampleMessage.Create() with { Subject = subject, Text = $"{body}\n{SampleMessage.Link}\n{body}", To = to };
            var uri = MailtoUri.Create(message);
            if (uri is null)
                throw new InvalidDataException("A short link always fits.");

            uri.Length.Should().BeLessThanOrEqualTo(MailtoUri.Cap);
            var parsed = ParsedMailto.Parse(uri);
            parsed.To.Should().Equal(to.WireAddress);
            parsed.Fields.Select(f => f.Name).Should().Equal("subject", "body");
            parsed.Fields[0].Value.Should().Be(subject);
            var text = parsed.Fields[1].Value;
            text.Split("\r\n").Should().Contain(SampleMessage.Link);
            text.Replace("\r\n", "", StringComparison.Ordinal).Should().NotContainAny("\r", "\n");
            message.Text.Should().Contain(text.Replace("\r\n", "\n", StringComparison.Ordinal));
            if (Uri.EscapeDataString(subject).Length + Uri.EscapeDataString(message.Text).Length < 1_000)
                text.Replace("\r\n", "\n", StringComparison.Ordinal).Should().Be(message.Text);
        },
        iter: 3_000);

    private static string Fill(string text) => text.Replace("{0}", SampleMessage.Link, StringComparison.Ordinal);

    private static string BodyOf(EmailMessage message) =>
        ParsedMailto.Parse(MailtoUri.Create(message)!).Fields.Single(f => f.Name == "body").Value.Replace("\r\n", "\n", StringComparison.Ordinal);
}
