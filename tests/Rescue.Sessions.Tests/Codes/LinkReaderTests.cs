using CsCheck;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Tests.Codes;

/// <summary>The readers against random damage: what is listed as damage is undone, in any combination, and nothing else is.</summary>
public sealed class LinkReaderTests
{
    private const string Address = "https://help.example.org/desk/Customer/Code.aspx";

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Gen<string> Pin = Gen.Char['0', '9'].Array[6, 12].Select(digits => new string(digits));

    private static readonly Gen<string> Token = Gen.Char[TokenText.Digits].Array[26].Select(digits => new string(digits));

    private static readonly Gen<string> Earlier = Gen.Byte.Array[16].Select(bytes => LinkToken.FromBytes(bytes).Text);

    private static readonly Gen<string> Either = Gen.Frequency((3, Token), (1, Earlier));

    /// <summary>A token with one significant character changed, left out, put in or exchanged with its neighbour.</summary>
    private static readonly Gen<(string Token, string Other)> Altered =
        from token in Either
        from at in Gen.Int[0, token.Length - 2]
        from put in Gen.Char[Alphabet]
        from kind in Gen.Int[0, 3]
        let other = kind switch
        {
            0 => token[..at] + put + token[(at + 1)..],
            1 => token.Remove(at, 1),
            2 => token.Insert(at, put.ToString()),
            _ => token[..at] + token[at + 1] + token[at] + token[(at + 2)..],
        }
        // A token that lacks its first character, behind a key that was pasted twice, can spell the token: "k=k=" and what follows a "k".
        where Meaning(token) != Meaning(other) && !token.EndsWith(other, StringComparison.Ordinal)
        select (token, other);

    [Fact]
    public void PastedLink_AnyDamage_LeadsToTheSession() =>
        (from pin in Pin from token in Either from text in LinkDamages.OfLink(Address, pin, token) select (pin, token, text))
            .Sample(drawn => ConnectionLink.TryParse(drawn.text, out var link)
                && link.Pin.Digits == drawn.pin && link.Token!.Text == drawn.token && link.Entry == "2");

    [Fact]
    public void PastedLinkByPinAlone_AnyDamage_LeadsToTheSession() =>
        (from pin in Pin from text in LinkDamages.OfLink(Address, pin, null) select (pin, text))
            .Sample(drawn => ConnectionLink.TryParse(drawn.text, out var link) && link.Pin.Digits == drawn.pin && link.Token is null);

    [Fact]
    public void Query_AnyDamage_LeadsToTheSession() =>
        (from pin in Pin from token in Either from text in LinkDamages.OfQuery(pin, token) select (pin, token, text))
            .Sample(drawn => LinkQuery.Read(drawn.text) is { Pin: { } pin, Token: { } token } && pin == drawn.pin && token == drawn.token);

    [Fact]
    public void Token_AnyDamage_IsThatToken() =>
        (from token in Either from text in LinkDamages.OfToken(token) select (token, text))
            .Sample(drawn => LinkToken.TryParse(drawn.text, out var read) && read.Text == drawn.token);

    [Fact]
    public void PastedLink_AlteredToken_NeverLeadsToTheSession() =>
        (from altered in Altered from text in LinkDamages.OfLink(Address, "618689", altered.Other) select (altered.Token, text))
            .Sample(drawn => !ConnectionLink.TryParse(drawn.text, out var link) || link.Token?.Text != drawn.Token);

    [Fact]
    public void Token_Altered_IsRefusedOrAnother() =>
        (from altered in Altered from text in LinkDamages.OfToken(altered.Other) select (altered.Token, text))
            .Sample(drawn => !LinkToken.TryParse(drawn.text, out var read) || read.Text != drawn.Token);

    [Fact]
    public void Token_AnyText_IsReadOnlyAsWhatItsLettersAndDigitsSay() =>
        Gen.OneOf(Gen.String, Gen.Char[Alphabet + "-_ .%=\u200B"].Array[20, 34].Select(characters => new string(characters))).Sample(text =>
            !LinkToken.TryParse(text, out var token)
            || Meaning(token.Text) == Meaning(Uri.UnescapeDataString(Uri.UnescapeDataString(Uri.UnescapeDataString(Uri.UnescapeDataString(text)))))
            || token.Text.Length == 22 && text.Contains(token.Text[..1], StringComparison.Ordinal));

    [Fact]
    public void Token_BytesOfAnyTwo_AreToldApart() =>
        Gen.Select(Gen.Byte.Array[17], Gen.Byte.Array[17]).Sample((one, other) =>
        {
            one[16] &= 3;
            other[16] &= 3;
            var (first, second) = (LinkToken.FromBytes(one), LinkToken.FromBytes(other));
            return LinkToken.TryParse(first.Text, out var read) && read.Bytes.SequenceEqual(one)
                && (first.Text == second.Text) == one.AsSpan().SequenceEqual(other);
        });

    [Fact]
    public void AnyText_NeverThrows() =>
        Gen.Select(Gen.OneOf("", Address + "?", "http://", "https://[", "?k=", "&Code=", "%", "=3D", "&amp;", "\\u00", "\\/", "&#", "&#x1", "&amp;#99999;"), Gen.String, Gen.OneOf("", "%3F", "&k=", "=", "#"))
            .Sample((start, middle, end) =>
            {
                _ = LinkQuery.Read(start + middle + end);
                _ = LinkText.Find(start + middle + end);
                _ = ConnectionLink.TryParse(start + middle + end, out _);
            });

    [Theory]
    [InlineData("HTTPS://HELP.EXAMPLE.ORG/CUSTOMER/CODE.ASPX?I=2&CODE=618689&K=0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("https://help.example.org/customer/code.aspx?i=2&amp;code=618689&amp;k=o123456789abcdefghjkmnpqrs.")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=3D2&Code=3D618689&k=3D0123456789abcdefghjkmnpqrs")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2%26Code=618689%26k=0123456789abcdefghjkmnpqrs%20")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2&Code=618689&k=&k=0123456789abcdefghjkmnpqrs)")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2&Code=618689&k=\r\n0123456789abcdefghjkmnpqrs")]
    [InlineData("https://help.example.org/Cus=\r\ntomer/Code.aspx?i=3D2&Code=3D618=\r\n689&k=3D0123456789a=\r\nbcdefghjkmnpqrs")]
    [InlineData(@"https://help.example.org/Customer/Code.aspx?i=2\u0026Code=618689\u0026k=0123456789abcdefghjkmnpqrs")]
    [InlineData(@"https:\/\/help.example.org\/Customer\/Code.aspx?i=2&Code=618689&k=0123456789abcdefghjkmnpqrs")]
    [InlineData(@"""https:\/\/help.example.org\/Customer\/Code.aspx?i\u003d2\u0026Code\u003d618689\u0026k\u003d0123456789abcdefghjkmnpqrs"",")]
    [InlineData(@"\""https:\\/\\/help.example.org\\/Customer\\/Code.aspx?i=2\\u0026Code=618689\\u0026k=0123456789abcdefghjkmnpqrs\""")]
    [InlineData(@"\u003chttps://help.example.org/Customer/Code.aspx?i=2\u0026amp;Code=618689\u0026amp;k=0123456789abcdefghjkmnpqrs\u003e")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2&amp;amp;Code=618689&amp;amp;k=0123456789abcdefghjkmnpqrs")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2&#x26;Code&#61;618689&amp;#38;k&equals;0123456789abcdefghjkmnpqrs")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2%5Cu0026Code=618689%5Cu0026k=0123456789abcdefghjkmnpqrs")]
    [InlineData("<https://help.example.org/Customer/Code.aspx?i=2&Code=618689&k=Ol23456789abcdefghjkmnpqrs>, thanks")]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2&Code=618689&k=0123456789abcdefghjkmnpqrs https://help.example.org/Customer/Code.aspx?i=2&Code=618689&k=0123456789abcdefghjkmnpqrs")]
    public void PastedLink_AsPeopleHaveReported_LeadsToTheSession(string text)
    {
        ConnectionLink.TryParse(text, out var link).Should().BeTrue();

        link!.Pin.Digits.Should().Be("618689");
        link.Token!.Text.Should().Be("0123456789abcdefghjkmnpqrs");
    }

    [Theory]
    [InlineData("?Code=618689&k=0123456789abcdefghjkmnpqrs&k=1123456789abcdefghjkmnpqrs", true)]
    [InlineData("?Code=618689&k=0123456789abcdefghjkmnpqr", true)]
    [InlineData("?Code=618689&k=u123456789abcdefghjkmnpqrs", true)]
    [InlineData("?Code=618689&k=", true)]
    [InlineData("?Code=618689&k", true)]
    [InlineData("?Code=618689&kk=0123456789abcdefghjkmnpqrs", false)]
    [InlineData(@"?Code=618689&k=\u0030123456789abcdefghjkmnpqrs", true)]
    [InlineData(@"?Code=618689&k=&#48;123456789abcdefghjkmnpqrs", true)]
    [InlineData(@"?Code=618689&k=0123456789abc\u0026defghjkmnpqrs", true)]
    [InlineData(@"?Code=618689\u0026k=0123456789abcdefghjkmnpqrs\u0026k=1123456789abcdefghjkmnpqrs", true)]
    [InlineData(@"?Code=618689\u0026k=0123456789abcdefghjkmnpqr", true)]
    public void Query_NoOneToken_HasNone(string query, bool hasToken)
    {
        var read = LinkQuery.Read(query);

        read.Token.Should().BeNull();
        read.HasToken.Should().Be(hasToken);
        read.Pin.Should().Be("618689");
    }

    [Theory]
    [InlineData("?Code=618689&Code=618680")]
    [InlineData("?Code=61868a")]
    [InlineData("?Code=61868")]
    public void Query_NoOnePin_HasNone(string query) => LinkQuery.Read(query).Should().Match<LinkQuery>(read => read.HasPin && read.Pin == null);

    // What a text means, by a reading of its own: of the new form its digits, of the earlier one its very characters.
    private static string Meaning(string text)
    {
        var kept = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant().Replace('o', '0').Replace('i', '1').Replace('l', '1');
        return kept.Length == 26 ? kept : string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }
}
