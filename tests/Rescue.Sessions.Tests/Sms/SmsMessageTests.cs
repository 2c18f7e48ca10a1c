using Rescue.Sessions.Invitations;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.Tests.Sms;

public sealed class SmsMessageTests
{
    [Theory]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    public void Parts_OfTheDefaultAlphabet_Are160AndThen153(int length, int parts)
    {
        var message = Text(new string('é', length));

        message.Encoding.Should().Be(SmsEncoding.Gsm7);
        message.Parts.Should().Be(parts);
    }

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Parts_OfAnotherCharacter_Are70AndThen67(int length, int parts)
    {
        var message = Text(new string('ê', length));

        message.Encoding.Should().Be(SmsEncoding.Ucs2);
        message.Parts.Should().Be(parts);
    }

    // What takes the room of two is not cut: it leaves one place of the part before empty.
    [Theory]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("€", 152, 2)]
    [InlineData("€", 153, 3)]
    [InlineData("😀", 35, 1)]
    [InlineData("😀", 36, 2)]
    [InlineData("😀", 66, 2)]
    [InlineData("😀", 67, 3)]
    public void Parts_OfWideCharacters_CutNone(string character, int count, int parts) =>
        Text(string.Concat(Enumerable.Repeat(character, count))).Parts.Should().Be(parts);

    [Fact]
    public void Text_OfMorePartsThanAllowed_IsRefused()
    {
        Text(new string('a', 918)).Parts.Should().Be(SmsMessage.MaximumParts);

        var write = () => Text(new string('a', 919));

        write.Should().Throw<ArgumentException>().WithMessage("*6 parts*");
    }

    [Fact]
    public void ToString_TellsNeitherNumberNorText() =>
        Text("secret link").ToString().Should().NotContain("secret").And.NotContain("901820");

    private static SmsMessage Text(string text) => new()
    {
        Id = "1", To = PhoneNumber.Parse("+4930901820"), Text = text, Language = "en", Tenant = "acme", Session = SessionId.New(DateTimeOffset.UnixEpoch),
    };
}
