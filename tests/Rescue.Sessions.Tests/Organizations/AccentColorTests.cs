using CsCheck;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Tests.Organizations;

public sealed class AccentColorTests
{
    [Theory]
    [InlineData("#000000", 21)]
    [InlineData("#ffffff", 1)]
    [InlineData("#767676", 4.54)]
    [InlineData("#FF0000", 4.0)]
    [InlineData("#00f", 8.59)]
    public void Contrast_WithWhite_IsThatOfWcag(string color, double contrast) =>
        AccentColor.Parse(color)!.Value.ContrastWith(AccentColor.White).Should().BeApproximately(contrast, 0.01);

    [Theory]
    [InlineData("")]
    [InlineData("0b57d0")]
    [InlineData("#0b57d")]
    [InlineData("#0b57d00")]
    [InlineData("#0b57dg")]
    [InlineData("red")]
    [InlineData("#-1-1-1")]
    [InlineData("# 0b57d")]
    public void Parse_NoColor_IsNull(string text) => AccentColor.Parse(text).Should().BeNull();

    [Fact]
    public void Shades_OfAnyColor_CanBeRead() => Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Sample((red, green, blue) =>
    {
        var color = new AccentColor(red, green, blue);

        color.ReadableOnWhite().ContrastWith(AccentColor.White).Should().BeGreaterThanOrEqualTo(AccentColor.LeastContrast);
        color.ReadableInTheDark().ContrastWith(AccentColor.DarkGround).Should().BeGreaterThanOrEqualTo(AccentColor.LeastContrast);
        // What stands on a button in the dark.
        color.ReadableInTheDark().ContrastWith(AccentColor.Parse("#0a1626")!.Value).Should().BeGreaterThanOrEqualTo(AccentColor.LeastContrast);
    });
}
