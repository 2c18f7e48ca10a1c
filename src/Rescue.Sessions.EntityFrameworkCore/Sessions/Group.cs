using System.Numerics;

namespace Rescue.Sessions.EntityFrameworkCore.Sessions;

/// <summary>
/// Values that one statement takes several of. The last is repeated up to a power of two, so that groups of any size are few statements, which stay prepared.
/// </summary>
internal static class Group
{
    /// <summary>The numbers of the parameters, from 0.</summary>
    public static int[] Padded(int count) => [.. Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)count))];

    /// <summary>The value of the parameter with a number.</summary>
    public static T At<T>(IReadOnlyList<T> values, int number) => values[Math.Min(number, values.Count - 1)];
}
