using System.Buffers.Text;
using CsCheck;
using Rescue.Sessions.Applet.Credentials;
using Rescue.Sessions.Applet.Tests.Support;
using Rescue.Sessions.Tests.Codes;

namespace Rescue.Sessions.Applet.Tests.Credentials;

public class SessionCredentialTests
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly Gen<string> Pin = Gen.Char["0123456789"].Array[6, 12].Select(digits => new string(digits));
    private static readonly Gen<string> Token = Gen.OneOf(
        Gen.Char[Digits].Array[26].Select(characters => new string(characters)),
        Gen.Byte.Array[16].Select(bytes => Base64Url.EncodeToString(bytes)));
    private static readonly Gen<string> Server = Gen.OneOf(
        "https://support.example/", "https://support.example:8443/", "https://support.example/help/desk/", "http://127.0.0.1:5080/", "http://localhost/", "http://[::1]:81/");

    [Fact]
    public void TryParseLink_LinkWithToken_TakesServerAndToken() =>
        Gen.Select(Server, Pin, Token).Sample((server, pin, token) =>
        {
            var credential = Known.Parse($"{server}Customer/Code.aspx?i=2&Code={pin}&k={token}");

            credential.Server.Should().Be(new Uri(server));
            credential.Should().BeOfType<LinkCredential>().Which.Token.Should().Be(token);
        });

    [Fact]
    public void TryParseLink_AnyDamage_IsTheSameLink() =>
        (from pin in Pin from token in Token from text in LinkDamages.OfLink("https://support.example/Customer/Code.aspx", pin, token) select (token, text))
            .Sample(drawn => SessionCredential.TryParseLink(drawn.text, out var credential, out _)
                && credential is LinkCredential link && link.Token == drawn.token && link.Server.Host == "support.example");

    [Fact]
    public void TryParseLink_LinkWithoutToken_TakesThePin() =>
        Gen.Select(Server, Pin).Sample((server, pin) =>
            Known.Parse($"{server}Customer/Code.aspx?Code={pin}").Should().BeOfType<PinCredential>().Which.Pin.Should().Be(pin));

    [Fact]
    public void TryParseLink_ContentOfALinkFile_IgnoresWhatSurroundsTheLine() =>
        Known.Parse($"  <https://support.example/Customer/Code.aspx?i=2&Code={Known.Pin}&k={Known.Token}>\r\n\r\n")
            .Should().BeOfType<LinkCredential>().Which.Token.Should().Be(Known.Token);

    [Fact]
    public void TryParseLink_OtherLetterCaseInPathAndNames_IsTheSameLink() =>
        Known.Parse($"HTTPS://SUPPORT.EXAMPLE/customer/code.ASPX?code={Known.Pin}&K={Known.Token}")
            .Should().BeOfType<LinkCredential>().Which.Token.Should().Be(Known.Token);

    [Theory]
    [InlineData("", CredentialProblem.Empty)]
    [InlineData(null, CredentialProblem.Empty)]
    [InlineData("012345", CredentialProblem.NotALink)]
    [InlineData("https://support.example/", CredentialProblem.NotALink)]
    [InlineData("https://support.example/Other/Code.aspx?Code=012345", CredentialProblem.NotALink)]
    [InlineData("https://support.example/NoCustomer/Code.aspx?Code=012345", CredentialProblem.NotALink)]
    [InlineData("https://user@support.example/Customer/Code.aspx?Code=012345", CredentialProblem.NotALink)]
    [InlineData("ftp://support.example/Customer/Code.aspx?Code=012345", CredentialProblem.NotALink)]
    [InlineData("http://support.example/Customer/Code.aspx?Code=012345", CredentialProblem.Insecure)]
    [InlineData("http://localhost.example/Customer/Code.aspx?Code=012345", CredentialProblem.Insecure)]
    [InlineData("http://127.0.0.1.example/Customer/Code.aspx?Code=012345", CredentialProblem.Insecure)]
    [InlineData("https://support.example/Customer/Code.aspx", CredentialProblem.CodeMissing)]
    [InlineData("https://support.example/Customer/Code.aspx?i=2&Code=", CredentialProblem.CodeMissing)]
    [InlineData("https://support.example/Customer", CredentialProblem.CodeMissing)]
    [InlineData("https://support.example/Customer/Code.aspx?Code=12345", CredentialProblem.PinMalformed)]
    [InlineData("https://support.example/Customer/Code.aspx?Code=012345&Code=543210", CredentialProblem.PinMalformed)]
    [InlineData("https://support.example/Customer/Code.aspx?Code=012345&k=q83vEjRWeJq83vEjRWeJq", CredentialProblem.TokenMalformed)]
    [InlineData("https://support.example/Customer/Code.aspx?Code=012345&k=q83vEjRWeJq83vEjRWeJ!!", CredentialProblem.TokenMalformed)]
    [InlineData("https://support.example/Customer/Code.aspx?Code=012345&k=", CredentialProblem.TokenMalformed)]
    public void TryParseLink_NoConnectionLink_SaysWhatIsWrong(string? text, CredentialProblem expected)
    {
        SessionCredential.TryParseLink(text, out var credential, out var problem).Should().BeFalse();

        problem.Should().Be(expected);
        credential.Should().BeNull();
    }

    [Fact]
    public void TryParseLink_AnyText_NeverThrowsAndAnswersConsistently() =>
        Gen.Select(Gen.OneOf("", "https://h/Customer/Code.aspx?", "http://", "https://[", "https://h/Customer/Code.aspx?k=%"), Gen.String)
            .Sample((start, rest) =>
                SessionCredential.TryParseLink(start + rest, out var credential, out var problem)
                    ? credential is not null && problem == CredentialProblem.None
                    : credential is null && problem != CredentialProblem.None);

    [Fact]
    public void TryParsePin_SpacesAndHyphensAnywhere_AreIgnored() =>
        Gen.Select(Pin, Gen.OneOf(" ", "-", "\u00A0", "\u2011", " - ").Array[13]).Sample((pin, gaps) =>
        {
            var typed = gaps[12] + string.Concat(pin.Select((digit, at) => digit + gaps[at]));

            SessionCredential.TryParsePin(typed, new Uri("https://support.example"), out var credential, out _).Should().BeTrue();

            credential.Should().BeOfType<PinCredential>().Which.Pin.Should().Be(pin);
        });

    [Theory]
    [InlineData("", CredentialProblem.Empty)]
    [InlineData(" - ", CredentialProblem.PinMalformed)]
    [InlineData("12345", CredentialProblem.PinMalformed)]
    [InlineData("1234567890123", CredentialProblem.PinMalformed)]
    [InlineData("12345a", CredentialProblem.PinMalformed)]
    [InlineData("12345\u00B2", CredentialProblem.PinMalformed)]
    public void TryParsePin_NoPin_SaysWhatIsWrong(string text, CredentialProblem expected)
    {
        SessionCredential.TryParsePin(text, new Uri("https://support.example"), out _, out var problem).Should().BeFalse();

        problem.Should().Be(expected);
    }

    [Fact]
    public void TryParsePin_ClearTextToAnotherMachine_IsRefused()
    {
        SessionCredential.TryParsePin(Known.Pin, new Uri("http://support.example"), out _, out var problem).Should().BeFalse();

        problem.Should().Be(CredentialProblem.Insecure);
    }

    [Fact]
    public void ToString_Always_Masks() =>
        Gen.Select(Pin, Token).Sample((pin, token) =>
        {
            Known.Parse($"https://support.example/Customer/Code.aspx?Code={pin}&k={token}").ToString().Should().NotContain(token).And.NotContain(pin);
            Known.Parse($"https://support.example/Customer/Code.aspx?Code={pin}").ToString().Should().NotContain(pin);
        });
}
