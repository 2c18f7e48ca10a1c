using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rescue.Sessions.Codes;

/// <summary>
/// The code a customer types: 6 to 12 decimal digits, zero-padded, so a string and never a number. Immutable; never invalid.
/// </summary>
/// <remarks><see cref="ToString"/> masks it, so that it cannot slip into a log; read <see cref="Digits"/> to show it to a person.</remarks>
public sealed class PinCode : IEquatable<PinCode>
{
    /// <summary>The fewest digits of a PIN.</summary>
    public const int MinLength = PinText.MinLength;

    /// <summary>The most digits of a PIN.</summary>
    public const int MaxLength = PinText.MaxLength;

    private PinCode(string digits) => Digits = digits;

    /// <summary>The digits, such as <c>012345</c>. A secret while its session is live.</summary>
    public string Digits { get; }

    /// <summary>Draws a PIN from the operating system's random source.</summary>
    /// <param name="length">The number of digits, 6 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is out of range.</exception>
    public static PinCode Generate(int length = MinLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        return new(RandomNumberGenerator.GetString("0123456789", length));
    }

    /// <summary>Reads what a person typed: decimal digits of any script. White space, dashes and invisible format characters are dropped wherever they stand.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PinCode? pin)
    {
        pin = PinText.TryRead(text, out var digits) ? new(digits) : null;
        return pin is not null;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is not a PIN.</exception>
    public static PinCode Parse(string text) =>
        TryParse(text, out var pin) ? pin : throw new FormatException($"A PIN is {MinLength} to {MaxLength} digits.");

    /// <inheritdoc/>
    public bool Equals(PinCode? other) => other is not null && Digits == other.Digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PinCode);

    /// <inheritdoc/>
    public override int GetHashCode() => Digits.GetHashCode(StringComparison.Ordinal);

    /// <summary>Asterisks, one per digit.</summary>
    public override string ToString() => new('*', Digits.Length);
}
