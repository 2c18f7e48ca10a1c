namespace Rescue.Sessions.Email;

public sealed class EmailMessageTests
{
    [Theory]
    [InlineData("a\r\nBcc: b@example.com")]
    [InlineData("a\nb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u007Fb")]
    [InlineData("")]
    [InlineData("  ")]
    public void Subject_UnfitForAHeader_Throws(string subject)
    {
        var create = () => SampleMessage.Create() with { Subject = subject };

        create.Should().Throw<ArgumentException>().Which.Message.Should().Contain("Subject").And.NotContain("Bcc");
    }

    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("a\tb", "a\tb")]
    public void Text_LineBreaks_TakeOneForm(string text, string expected)
    {
        var message = SampleMessage.Create() with { Text = text, Html = text };

        message.Text.Should().Be(expected);
        message.Html.Should().Be(expected);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x08)]
    [InlineData(0x1B)]
    [InlineData(0x85)]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    public void Text_ControlCharacterOrHalfAPair_Throws(int character)
    {
        var text = () => SampleMessage.Create() with { Text = "a" + (char)character };
        var html = () => SampleMessage.Create() with { Html = "a" + (char)character };

        text.Should().Throw<ArgumentException>().Which.ParamName.Should().Be("Text");
        html.Should().Throw<ArgumentException>().Which.ParamName.Should().Be("Html");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-at")]
    [InlineData("<a@example.com>")]
    [InlineData("a@b\r\nBcc: c")]
    [InlineData("a@")]
    [InlineData("é@example.com")]
    [InlineData("a..b@example.com")]
    public void MessageId_OfAnotherForm_Throws(string id)
    {
        var create = () => SampleMessage.Create() with { MessageId = id };

        create.Should().Throw<ArgumentException>().WithMessage("MessageId must*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("f")]
    [InlineData("fr_FR")]
    [InlineData("fr-")]
    [InlineData("fr\r\n")]
    public void Language_NotATag_Throws(string tag)
    {
        var create = () => SampleMessage.Create() with { Language = tag };

        create.Should().Throw<ArgumentException>().WithMessage("Language must*");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/Customer/Code.aspx")]
    public void Link_NotAWebAddress_Throws(string link)
    {
        var create = () => SampleMessage.Create() with { Link = new Uri(link, UriKind.RelativeOrAbsolute) };

        create.Should().Throw<ArgumentException>().WithMessage("Link must*");
    }

    [Fact]
    public void ToString_Message_HoldsNoPersonalDataAndNoLink()
    {
        var message = SampleMessage.Create();
        var drafted = new DispatchResult.Drafted(new EmailDraft("mailto:customer@example.net", "To: customer@example.net", message.Text));

        foreach (var text in new[] { message.ToString(), drafted.ToString() })
            text.Should().NotContain("customer").And.NotContain("Code.aspx").And.NotContain("Bonjour");
    }
}
