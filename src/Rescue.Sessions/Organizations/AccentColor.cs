using System.Globalization;

namespace Rescue.Sessions.Organizations;

/// <summary>A colour and what can be read on it, by the formulas of WCAG 2.2 (relative luminance, contrast ratio).</summary>
internal readonly record struct AccentColor(byte Red, byte Green, byte Blue)
{
    /// <summary>The least contrast of text (WCAG 2.2, 1.4.3).</summary>
    public const double LeastContrast = 4.5;

    public static readonly AccentColor White = new(255, 255, 255);

    /// <summary>The lightest ground that pages and messages have in the dark.</summary>
    public static readonly AccentColor DarkGround = new(0x1E, 0x22, 0x2D);

    private const int Steps = 50;

    /// <summary>Reads <c>#rrggbb</c> or <c>#rgb</c>; null when it is neither.</summary>
    public static AccentColor? Parse(string text)
    {
        if (text.Length == 4 && text[0] == '#')
            text = $"#{text[1]}{text[1]}{text[2]}{text[2]}{text[3]}{text[3]}";
        return text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;
    }

    /// <summary>The contrast with another colour, 1 to 21.</summary>
    public double ContrastWith(AccentColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>The nearest shade that can be read on white.</summary>
    public AccentColor ReadableOnWhite() => Shade(White, new(0, 0, 0));

    /// <summary>The nearest tint that can be read on the ground of the dark.</summary>
    public AccentColor ReadableInTheDark() => Shade(DarkGround, White);

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private AccentColor Shade(AccentColor ground, AccentColor towards)
    {
        for (var step = 0; step < Steps; step++)
        {
            AccentColor shade = new(Mix(Red, towards.Red, step), Mix(Green, towards.Green, step), Mix(Blue, towards.Blue, step));
            if (shade.ContrastWith(ground) >= LeastContrast)
                return shade;
        }

        return towards;
    }

    private static byte Mix(byte from, byte to, int step) => (byte)(from + ((to - from) * step / Steps));
}
