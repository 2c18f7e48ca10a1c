namespace Rescue.Sessions.Email.Templates;

public sealed class TemplateValuesTests
{
    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("a\0")]
    [InlineData("a\u0085")]
    [InlineData("a\u2028")]
    [InlineData("a\u202E")]
    [InlineData("a\u2066")]
    public void Init_ControlCharacter_IsRefusedWithoutRepeatingTheValue(string name)
    {
        var act = () => EmailTemplateTests.ValuesOf("secret" + name);

        act.Should().Throw<ArgumentException>().WithMessage("*CustomerName*control characters*").Which.Message.Should().NotContain("secret");
    }

    [Fact]
    public void Init_LongestValue_IsAccepted() => EmailTemplateTests.ValuesOf(new string('x', 512)).CustomerName.Should().HaveLength(512);

    [Fact]
    public void Init_LongerValue_IsRefused()
    {
        var act = () => EmailTemplateTests.ValuesOf(new string('x', 513));

        act.Should().Throw<ArgumentException>().WithMessage("*CustomerName*512*");
    }

    [Theory]
    [InlineData("javascript:x")]
    [InlineData("/Customer")]
    [InlineData("https://h.example/ x")]
    [InlineData("https://h.example/\"x")]
    [InlineData("https://h.example/<x>")]
    [InlineData("https://h.example/'x")]
    [InlineData("https://h.example/é")]
    public void LinkUrl_NotAWebLink_IsRefused(string link)
    {
        var act = () => new TemplateValues { CustomerName = "", LinkUrl = link, LinkExpiresAt = "", LinkMinutesLeft = "", PinCode = "", LinkExpires = default };

        act.Should().Throw<ArgumentException>().WithMessage("*LinkUrl*http*");
    }

    [Fact]
    public void Joiners_AndDirectionMarks_AreAccepted() => EmailTemplateTests.ValuesOf("a\u200D\u200Eb").CustomerName.Should().HaveLength(4);
}
