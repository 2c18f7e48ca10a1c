using System.Runtime.CompilerServices;

namespace Rescue.Sessions.Lifecycle;

/// <summary>
/// One of the values of an enumeration that count from 0, or none, in one byte. The enumerations themselves stay whole numbers of the usual size: tools take an
/// array of smaller ones for an array of bytes.
/// </summary>
internal readonly record struct Choice<TEnum>
    where TEnum : struct, Enum
{
    // 0 is none.
    private readonly byte number;

    private Choice(int value) => number = checked((byte)(value + 1));

    /// <summary>The value; the first when there is none.</summary>
    public TEnum Value => OrNull ?? default;

    /// <summary>The value, or null when there is none.</summary>
    public TEnum? OrNull => number == 0 ? null : Unsafe.BitCast<int, TEnum>(number - 1);

    public static implicit operator Choice<TEnum>(TEnum value) => new(Unsafe.BitCast<TEnum, int>(value));

    public static implicit operator Choice<TEnum>(TEnum? value) => value is { } present ? present : default(Choice<TEnum>);
}
