using Rescue.Sessions.Email.Settings;

namespace Rescue.Sessions.Email;

public sealed class NoNamesInTextTests
{
    [Fact]
    public void ToString_OfATestThatWasSent_TellsNoAddress() => new TemplateTest.Sent("ada@acme.example").ToString().Should().NotContainEquivalentOf("ada");
}
