using System.Globalization;
using System.Text;
using CsCheck;
using Rescue.Sessions.Codes;

namespace Rescue.Sessions.Tests.Codes;

/// <summary>The reader of typed PINs against whatever keyboards, scripts and pasting produce.</summary>
public sealed class PinReaderTests
{
    private static readonly Rune[] Runes = [.. Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value))];

    private static readonly Rune[][] DigitsByValue =
        [.. Enumerable.Range(0, 10).Select(value => Runes.Where(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber && (int)Rune.GetNumericValue(rune) == value).ToArray())];

    private static readonly Rune[] Separators =
        [.. Runes.Where(rune => Rune.IsWhiteSpace(rune) || rune.Value == 0x2212 || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format)];

    private static readonly Rune[] Others = [.. Runes.Except(Separators).Except(DigitsByValue.SelectMany(digits => digits))];

    private static readonly Gen<string> Pin = Gen.Char['0', '9'].Array[6, 12].Select(digits => new string(digits));

    private static readonly Gen<string> Gap = Gen.Int[0, Separators.Length - 1].Array[0, 2].Select(picks => string.Concat(picks.Select(pick => Separators[pick])));

    private static readonly Gen<(string Pin, string Typed)> Typed =
        from pin in Pin
        from scripts in Gen.Int[0, int.MaxValue].Array[12]
        from gaps in Gap.Array[13]
        select (pin, gaps[12] + string.Concat(pin.Select((digit, at) => DigitsByValue[digit - '0'][scripts[at] % DigitsByValue[digit - '0'].Length] + gaps[at])));

    [Fact]
    public void Pin_AnyScriptAndSeparators_IsRead() =>
        Typed.Sample(drawn => PinCode.TryParse(drawn.Typed, out var pin) && pin.Digits == drawn.Pin);

    [Fact]
    public void Pin_AnyOtherCharacter_IsRefused() =>
        Gen.Select(Typed, Gen.Int[0, Others.Length - 1], Gen.Double[0, 1]).Sample((drawn, other, place) =>
        {
            var runes = drawn.Typed.EnumerateRunes().ToList();
            runes.Insert((int)(place * runes.Count), Others[other]);
            return !PinCode.TryParse(string.Concat(runes), out _);
        });

    [Fact]
    public void Pin_AnotherNumberOfDigits_IsNotThatPin() =>
        Gen.Select(Typed, Gen.Double[0, 0.999]).Sample((drawn, place) =>
        {
            var runes = drawn.Typed.EnumerateRunes().ToList();
            var digits = runes.FindAll(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber);
            runes.Remove(digits[(int)(place * digits.Count)]);
            return !PinCode.TryParse(string.Concat(runes), out var pin) || pin.Digits != drawn.Pin;
        });

    [Theory]
    [InlineData("\uFF17\uFF18\uFF13\uFF12\uFF15\uFF14")]
    [InlineData("\u0667\u0668\u0663\u0662\u0665\u0664")]
    [InlineData("783\u2013254")]
    [InlineData("783\u2212254")]
    [InlineData("\u200E783254")]
    [InlineData("783\u00AD254")]
    [InlineData("783\u200B254\uFEFF")]
    [InlineData("\u2068783254\u2069")]
    [InlineData("783\t254")]
    [InlineData("783\u2007254")]
    [InlineData("-783254")]
    [InlineData("783\r\n254")]
    public void Pin_AsPeopleHaveReported_IsRead(string typed)
    {
        PinCode.TryParse(typed, out var pin).Should().BeTrue();
        pin!.Digits.Should().Be("783254");
    }
}
