namespace Rescue.Sessions.Email.Templates;

public sealed class SiblingPagesTests
{
    [Theory]
    [InlineData("https://help.example.org/Customer/Code.aspx?i=2&Code=012345&k=abc", "help.example.org/Customer", "https://help.example.org/Customer/decline?i=2&Code=012345&k=abc")]
    [InlineData("https://example.org/support/Customer/Code.aspx?Code=012345", "example.org/support/Customer", "https://example.org/support/Customer/decline?Code=012345")]
    [InlineData("http://127.0.0.1:5080/Customer/Code.aspx?Code=1&x=a/b", "http://127.0.0.1:5080/Customer", "http://127.0.0.1:5080/Customer/decline?Code=1&x=a/b")]
    [InlineData("https://h.example", "h.example", "https://h.example/decline")]
    [InlineData("https://h.example?Code=1", "h.example", "https://h.example/decline?Code=1")]
    public void Pages_Link_AreBesideIt(string link, string typed, string decline)
    {
        SiblingPages.ToType(link).Should().Be(typed);
        SiblingPages.ToDecline(link).Should().Be(decline);
    }
}
