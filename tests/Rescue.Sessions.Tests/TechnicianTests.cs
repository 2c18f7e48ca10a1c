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

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Tenant_OfASignInWithoutOne_IsRefused_WithWhatToDo(string? claim)
    {
        var act = () => new Technician("ada", "Ada") { Tenant = claim! };

        act.Should().Throw<ArgumentException>().WithMessage("*Leave Tenant out, or set it to Technician.DefaultTenant*");
    }
}
