using System.Globalization;
using RescueApplet.Languages;
using RescueApplet.Sessions;

namespace Rescue.Sessions.Applet.Tests.Program;

/// <summary>What the customer reads of who else takes part.</summary>
public sealed class GuestWordingTests
{
    public GuestWordingTests() => Language.Use(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("", "")]
    [InlineData("Ann", "Ann")]
    [InlineData("Ann,Bob", "Bob,Ann")]
    public void Of_TheSamePeople_IsNothing(string before, string now) => GuestWording.Of(Names(before), Names(now)).Should().BeEmpty();

    [Fact]
    public void Of_WhoWentAndWhoCame_IsSaidOfEach() => GuestWording.Of(["Ann", "Bob"], ["Bob", "Cyd"]).Should().Equal(
        "Ann no longer takes part.", "Cyd takes part, too: whoever helps you has invited them.");

    [Fact]
    public void Of_TwoOfOneName_CountsThem()
    {
        GuestWording.Of(["Ann"], ["Ann", "Ann"]).Should().Equal("Ann takes part, too: whoever helps you has invited them.");
        GuestWording.Of(["Ann", "Ann"], ["Ann"]).Should().Equal("Ann no longer takes part.");
    }

    private static string[] Names(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
