using CsCheck;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Tests.Codes;

public sealed class PinCodeTests
{
    [Theory]
    [InlineData("012345", "012345")]
    [InlineData("000000", "000000")]
    [InlineData(" 618 689 ", "618689")]
    [InlineData("618-689", "618689")]
    [InlineData("618\u2011689", "618689")]
    [InlineData("618\u00A0689", "618689")]
    [InlineData("618\u202F689", "618689")]
    [InlineData("123456789012", "123456789012")]
    [InlineData("٠١٢٣٤٥", "012345")]
    [InlineData("०१२३४५", "012345")]
    [InlineData("６１８６８９", "618689")]
    public void TryParse_WhatPeopleType_IsReadAsAsciiDigits(string typed, string digits)
    {
        PinCode.TryParse(typed, out var pin).Should().BeTrue();
        pin!.Digits.Should().Be(digits);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567890123")]
    [InlineData("12345a")]
    [InlineData("+123456")]
    [InlineData("123.456")]
    [InlineData("12345²")]
    [InlineData("12345½")]
    [InlineData("123\0456")]
    [InlineData("一二三四五六")]
    public void TryParse_AnythingElse_IsRefused(string? typed)
    {
        PinCode.TryParse(typed, out var pin).Should().BeFalse();
        pin.Should().BeNull();
    }

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndReadsDigitsOnly() =>
        Gen.String.Sample(text => !PinCode.TryParse(text, out var pin) || (pin.Digits.Length is >= 6 and <= 12 && pin.Digits.All(char.IsAsciiDigit)));

    [Fact]
    public void Parse_NotAPin_ThrowsWithoutRepeatingIt() =>
        ((Action)(() => PinCode.Parse("98765"))).Should().Throw<FormatException>().Which.Message.Should().NotContain("98765");

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void Generate_Length_IsKept(int length) => PinCode.Generate(length).Digits.Should().MatchRegex($"^[0-9]{{{length}}}$");

    [Theory]
    [InlineData(5)]
    [InlineData(13)]
    public void Generate_LengthOutOfRange_Throws(int length) =>
        ((Action)(() => PinCode.Generate(length))).Should().Throw<ArgumentOutOfRangeException>();

    /// <summary>Every digit at every place, zero first included, within six standard deviations: a false alarm comes about once in 10^7 runs.</summary>
    [Fact]
    public void Generate_ManyPins_AreUniform()
    {
        const int pins = 100_000;
        var counts = new int[6, 10];
        for (var i = 0; i < pins; i++)
        {
            var digits = PinCode.Generate().Digits;
            for (var place = 0; place < digits.Length; place++)
                counts[place, digits[place] - '0']++;
        }

        var tolerance = (uint)(6 * Math.Sqrt(pins * 0.1 * 0.9));
        foreach (var count in counts)
            count.Should().BeCloseTo(pins / 10, tolerance);
    }

    [Fact]
    public void ToString_Pin_IsMasked() => $"{PinCode.Parse("618689")}".Should().Be("******");

    [Fact]
    public void Equals_SameDigits_HoldsWhateverWasTyped()
    {
        PinCode.Parse("618-689").Should().Be(PinCode.Parse("618689"));
        PinCode.Parse("618689").GetHashCode().Should().Be(PinCode.Parse("618 689").GetHashCode());
        PinCode.Parse("0618689").Should().NotBe(PinCode.Parse("618689"));
    }
}
