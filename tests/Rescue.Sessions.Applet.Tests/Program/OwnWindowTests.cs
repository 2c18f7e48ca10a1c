using RescueApplet.Windows;

namespace Rescue.Sessions.Applet.Tests.Program;

public class OwnWindowTests
{
    [Theory]
    [InlineData("gnome-terminal-", true)]
    [InlineData("konsole", true)]
    [InlineData("xterm", true)]
    [InlineData("bash", false)]
    [InlineData("zsh", false)]
    [InlineData("sudo", false)]
    [InlineData(null, false)]
    public void IsOpener_Parent_TellsWhetherTheWindowClosesWithTheProgram(string? parent, bool expected) => OwnWindow.IsOpener(parent).Should().Be(expected);

    [Fact]
    public void ClosesWithTheProgram_RedirectedInput_NeverHoldsAnybodyUp() => OwnWindow.ClosesWithTheProgram().Should().BeFalse();
}
