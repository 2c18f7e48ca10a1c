using CsCheck;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Tests.Codes;

public sealed class ConnectionLinkTests
{
    private const string Token = "AAECAwQFBgcICQoLDA0ODw";

    private static readonly Gen<PinCode> AnyPin = Gen.Char['0', '9'].Array[6, 12].Select(digits => PinCode.Parse(new string(digits)));

    private static readonly Gen<LinkToken?> AnyToken =
        Gen.OneOf(Gen.Const((LinkToken?)null), Gen.Byte.Array[16].Select(bytes => (LinkToken?)LinkToken.FromBytes(bytes)));

    private static readonly Gen<string?> AnyEntry =
        Gen.OneOf(Gen.Const((string?)null), Gen.Char["aZ029"].Array[1, 12].Select(c => (string?)new string(c)));

    private static readonly Uri[] Bases =
    [
        new Uri("https://help.example.org"), new Uri("http://127.0.0.1:5080/"), new Uri("https://[::1]:8443/support"), new Uri("https://h\u00e9.example/a-b/"),
        new Uri("https://h/Customer/Code.aspx/"), new Uri("https://h/one/two/three"),
    ];

    private static readonly Gen<Uri> AnyBase = Gen.Int[0, Bases.Length - 1].Select(i => Bases[i]);

    [Fact]
    public void ToUri_Link_LooksAsDocumented() =>
        Link("https://help.example.org/", Token, "2").ToUri().AbsoluteUri
            .Should().Be("https://help.example.org/Customer/Code.aspx?i=2&Code=012345&k=" + Token);

    [Fact]
    public void ToUri_PinOnly_HasNoToken() =>
        Link("https://help.example.org", null, "2").ToUri().AbsoluteUri.Should().Be("https://help.example.org/Customer/Code.aspx?i=2&Code=012345");

    [Theory]
    [InlineData("https://h/support", "https://h/support/Customer/Code.aspx?Code=012345")]
    [InlineData("https://h/support/", "https://h/support/Customer/Code.aspx?Code=012345")]
    public void ToUri_BaseWithAPath_KeepsIt(string baseUri, string expected) => Link(baseUri, null, null).ToUri().AbsoluteUri.Should().Be(expected);

    [Fact]
    public void TryParse_WhatToUriBuilt_GivesTheSameLink() =>
        Gen.Select(AnyBase, AnyPin, AnyToken, AnyEntry).Sample((baseUri, pin, token, entry) =>
        {
            var link = new ConnectionLink(baseUri, pin, token, entry);
            return ConnectionLink.TryParse(link.ToUri().AbsoluteUri, out var parsed)
                && parsed.Pin.Equals(pin) && Equals(parsed.Token, token) && parsed.Entry == entry && parsed.BaseUri == link.BaseUri
                && parsed.ToUri().AbsoluteUri == link.ToUri().AbsoluteUri;
        });

    [Theory]
    [InlineData("https://h/Customer/Code.aspx?utm_source=mail&i=2&Code=012345&k=AAECAwQFBgcICQoLDA0ODw&fbclid=x")]
    [InlineData("https://h/Customer/Code.aspx?k=AAECAwQFBgcICQoLDA0ODw&&flag&Code=012345#top")]
    [InlineData("https://h/customer/CODE.aspx?Code=012345&k=AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("https://h/x/Customer/Code.aspx?Code=%30%31%32345&k=AAECAwQFBgcICQoLDA0ODw")]
    public void TryParse_WhatMailProgramsMakeOfALink_IsStillRead(string text)
    {
        ConnectionLink.TryParse(text, out var link).Should().BeTrue();
        link!.Pin.Digits.Should().Be("012345");
        link.Token!.Text.Should().Be(Token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("012345")]
    [InlineData("/Customer/Code.aspx?Code=012345")]
    [InlineData("ftp://h/Customer/Code.aspx?Code=012345")]
    [InlineData("file:///Customer/Code.aspx?Code=012345")]
    [InlineData("javascript:Customer/Code.aspx?Code=012345")]
    [InlineData("https://user:pw@h/Customer/Code.aspx?Code=012345")]
    [InlineData("https://h/Customer/Code.aspx")]
    [InlineData("https://h/Customer/Code.aspx?k=AAECAwQFBgcICQoLDA0ODw")]
    [InlineData("https://h/Customer/Code.aspx?Code=12345")]
    [InlineData("https://h/Customer/Code.aspx?Code=012345&k=short")]
    [InlineData("https://h/Customer/Code.aspx?Code=012345&k=")]
    [InlineData("https://h/XCustomer/Code.aspx?Code=012345")]
    [InlineData("https://h/Customer/Code.aspx/more?Code=012345")]
    [InlineData("https://h/?Customer/Code.aspx?Code=012345")]
    public void TryParse_NotALink_IsRefused(string? text)
    {
        ConnectionLink.TryParse(text, out var link).Should().BeFalse();
        link.Should().BeNull();
    }

    [Fact]
    public void TryParse_AnyMutantOfALink_NeverThrows()
    {
        const string link = "https://help.example.org:443/x/Customer/Code.aspx?i=2&Code=012345&k=" + Token;
        var cut = from at in Gen.Int[0, link.Length - 1] from length in Gen.Int[0, 8] from put in Gen.String[0, 6] select (at, length, put);
        cut.Array[1, 4].Sample(cuts =>
        {
            var text = cuts.Aggregate(link, (s, c) => s[..Math.Min(c.at, s.Length)] + c.put + s[Math.Min(c.at + c.length, s.Length)..]);
            if (ConnectionLink.TryParse(text, out var parsed))
                ConnectionLink.TryParse(parsed.ToUri().AbsoluteUri, out _).Should().BeTrue();
        });
    }

    [Theory]
    [InlineData("https://h/?q=1")]
    [InlineData("https://h/#top")]
    [InlineData("https://user@h/")]
    [InlineData("ftp://h/")]
    [InlineData("/relative")]
    public void Construct_UnfitBase_ThrowsAndNamesIt(string baseUri) =>
        ((Action)(() => _ = new ConnectionLink(new(baseUri, UriKind.RelativeOrAbsolute), PinCode.Parse("012345"), null)))
            .Should().Throw<ArgumentException>().WithMessage("The base address *").And.ParamName.Should().Be("baseUri");

    [Fact]
    public void ToString_Link_MasksItsSecrets() =>
        Link("https://h/", Token, "2").ToString().Should().NotContain("012345").And.NotContain(Token).And.Contain("https://h/");

    private static ConnectionLink Link(string baseUri, string? token, string? entry)
    {
        LinkToken? parsed = null;
        (token is null || LinkToken.TryParse(token, out parsed)).Should().BeTrue();
        return new(new(baseUri), PinCode.Parse("012345"), parsed, entry);
    }
}
