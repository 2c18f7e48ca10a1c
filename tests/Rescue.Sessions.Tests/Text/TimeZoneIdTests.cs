using Rescue.Sessions.Text;

namespace Rescue.Sessions.Tests.Text;

public class TimeZoneIdTests
{
    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Paris")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("America/Port-au-Prince")]
    [InlineData("Etc/GMT+3")]
    public void IsKnown_IanaName_IsTrue(string id) => TimeZoneId.IsKnown(id).Should().BeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Europe")]
    [InlineData("Mars/Olympus")]
    [InlineData("Romance Standard Time")]
    [InlineData("Europe/Paris\n")]
    [InlineData("/dev/zero")]
    [InlineData("../../../../dev/zero")]
    [InlineData("Europe/../Europe/Paris")]
    public void IsKnown_AnythingElse_IsFalseAndOpensNoFile(string? id) => TimeZoneId.IsKnown(id).Should().BeFalse();
}
