using Rescue.Sessions.Applet.Credentials;

namespace Rescue.Sessions.Applet.Tests.Credentials;

public class ServerAddressTests
{
    [Theory]
    [InlineData("https://support.example", "https://support.example/")]
    [InlineData("support.example/help", "https://support.example/help/")]
    [InlineData(" <https://support.example/help/> ", "https://support.example/help/")]
    [InlineData("https://support.example/help/Customer", "https://support.example/help/")]
    [InlineData("https://support.example/Customer/", "https://support.example/")]
    [InlineData("https://support.example/Customer/Code.aspx?i=2&Code=012345", "https://support.example/")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080/?x=1#y", "http://localhost:5080/")]
    public void TryParse_Address_GivesTheBaseEndingInASlash(string text, string expected)
    {
        ServerAddress.TryParse(text, out var server, out var problem).Should().BeTrue();

        server!.AbsoluteUri.Should().Be(expected);
        problem.Should().Be(CredentialProblem.None);
    }

    [Theory]
    [InlineData("", CredentialProblem.Empty)]
    [InlineData("http://support.example", CredentialProblem.Insecure)]
    [InlineData("file:///etc/passwd", CredentialProblem.NotALink)]
    [InlineData("https://", CredentialProblem.NotALink)]
    [InlineData("two words", CredentialProblem.NotALink)]
    [InlineData("000000", CredentialProblem.NotALink)]
    [InlineData("618 689", CredentialProblem.NotALink)]
    [InlineData("٧٨٣٢٥٤", CredentialProblem.NotALink)]
    public void TryParse_NoAddress_SaysWhatIsWrong(string text, CredentialProblem expected)
    {
        ServerAddress.TryParse(text, out _, out var problem).Should().BeFalse();

        problem.Should().Be(expected);
    }
}
