using System.Buffers.Text;
using CsCheck;

namespace Rescue.Sessions.Applet.Tests;

public class AppletInstanceTests
{
    [Fact]
    public void Create_Twice_GivesTwo128BitValues()
    {
        var one = AppletInstance.Create();
        var other = AppletInstance.Create();

        Base64Url.DecodeFromChars(one.Value).Should().HaveCount(16);
        other.Value.Should().NotBe(one.Value);
    }

    [Fact]
    public void TryParse_KeptValue_GivesTheSameInstance()
    {
        var made = AppletInstance.Create();

        AppletInstance.TryParse($" {made.Value}\r\n", out var read).Should().BeTrue();

        read!.Value.Should().Be(made.Value);
    }

    [Fact]
    public void TryParse_AnyText_AgreesWithTheContract() =>
        Gen.String.Sample(text =>
        {
            var value = text.Trim();
            var permitted = value.Length is >= 1 and <= 64 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
            return AppletInstance.TryParse(text, out _) == permitted;
        });

    [Theory]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryParse_Length_IsLimited(int length, bool expected) =>
        AppletInstance.TryParse(new string('x', length), out _).Should().Be(expected);

    [Fact]
    public void ToString_Always_Masks()
    {
        var instance = AppletInstance.Create();

        instance.ToString().Should().NotContain(instance.Value);
    }
}
