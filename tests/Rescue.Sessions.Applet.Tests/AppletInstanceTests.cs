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

    [Theory]
    [InlineData("https://one.example/help/", true)]
    [InlineData("https://ONE.example:443/", true)]
    [InlineData("https://one.example:8443/help/", false)]
    [InlineData("http://one.example/help/", false)]
    [InlineData("https://two.example/help/", false)]
    public void For_Server_IsTheSameForItsOriginAlone(string server, bool isSame)
    {
        var kept = AppletInstance.Create();
        var told = kept.For(new Uri("https://one.example/help/"));

        (kept.For(new Uri(server)).Value == told.Value).Should().Be(isSame);
        AppletInstance.TryParse(told.Value, out _).Should().BeTrue();
        told.Value.Should().NotBe(kept.Value).And.NotBe(AppletInstance.Create().For(new Uri(server)).Value);
    }

    [Theory]
    [InlineData("https://b\u00FCcher.example/")]
    [InlineData("https://xn--bcher-kva.example/")]
    public void For_ServerInEitherSpelling_IsOneServer(string server)
    {
        var kept = AppletInstance.Create();

        kept.For(new Uri(server)).Value.Should().Be(kept.For(new Uri("https://b\u00FCcher.example/")).Value);
    }

    [Fact]
    public void ToString_Always_Masks()
    {
        var instance = AppletInstance.Create();

        instance.ToString().Should().NotContain(instance.Value);
    }
}
