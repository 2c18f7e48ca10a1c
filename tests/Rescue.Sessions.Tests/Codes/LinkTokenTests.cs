using CsCheck;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Tests.Codes;

public sealed class LinkTokenTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    [Fact]
    public void TryParse_TextOfAnyToken_GivesItBack() =>
        Gen.Byte.Array[LinkToken.ByteLength].Sample(bytes =>
        {
            bytes[^1] &= 3;
            var token = LinkToken.FromBytes(bytes);
            return LinkToken.TryParse(token.Text, out var parsed) && parsed.Equals(token) && parsed.Bytes.SequenceEqual(bytes) && token.Text.Length == 26;
        });

    [Fact]
    public void TryParse_TextOfAnyEarlierToken_GivesItBack() =>
        Gen.Byte.Array[LinkToken.EarlierByteLength].Sample(bytes =>
        {
            var token = LinkToken.FromBytes(bytes);
            return LinkToken.TryParse(token.Text, out var parsed) && parsed.Equals(token) && parsed.Bytes.SequenceEqual(bytes) && token.Text.Length == 22;
        });

    [Fact]
    public void TryParse_OtherSpellingsOfTheLastCharacter_AreRefused()
    {
        var text = LinkToken.FromBytes(new byte[LinkToken.EarlierByteLength]).Text;

        Alphabet.Select(last => text[..^1] + last).Where(spelling => LinkToken.TryParse(spelling, out _))
            .Should().HaveCount(4, "of 64 last characters four have the unused bits clear").And.Contain(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("AAAAAAAAAAAAAAAAAAA+/A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA\nA")]
    public void TryParse_NotAToken_IsRefused(string? text) => LinkToken.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.Char[Alphabet + "+/= \n\u00e9"].Array[20, 24].Select(c => new string(c))
            .Sample(text => !LinkToken.TryParse(text, out var token) || token.Text.Length is 22 or 26);

    [Fact]
    public void Generate_Many_AreDifferent() =>
        Enumerable.Range(0, 1000).Select(_ => LinkToken.Generate()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void ToString_Secrets_AreMasked()
    {
        $"{LinkToken.Generate()} {AppletKey.Generate()}".Should().Be("**** ****");
        new ConnectionCode(PinCode.Generate(), LinkToken.Generate()).ToString().Should().Be("****");
    }

    [Fact]
    public void AppletKey_TextOfAnyKey_GivesItBack()
    {
        var key = AppletKey.Generate();

        AppletKey.TryParse(key.Text, out var parsed).Should().BeTrue();
        parsed!.Text.Should().Be(key.Text);
        AppletKey.TryParse("short", out _).Should().BeFalse();
    }
}
