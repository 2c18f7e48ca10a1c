namespace Rescue.Sessions.Tests;

public class TechnicianTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData(" ada@example.org ", "ada@example.org")]
    public void Email_OfASignIn_IsTrimmed_AndABlankOneIsNone(string? claim, string? expected) =>
        new Technician("ada", "Ada") { Email = claim }.Email.Should().Be(expected);
}
