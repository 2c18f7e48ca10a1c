using System.Globalization;

namespace Rescue.Sessions.AspNetCore.Problems;

/// <summary>The most entries of an answer, as every route that has pages reads it from the query.</summary>
internal static class PageLimit
{
    public const string Name = "limit";

    /// <summary>Reads it; null when it is no number from 1 to <paramref name="most"/>.</summary>
    /// <param name="text">What the query says.</param>
    /// <param name="usual">What holds where that is left out or empty.</param>
    /// <param name="most">The greatest there can be.</param>
    public static int? Read(string? text, int usual, int most) => string.IsNullOrEmpty(text)
        ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit : null;

    /// <summary>What is wrong with one that cannot be read.</summary>
    public static FieldProblem Problem(int most) => new(Name, $"'{Name}' must be a number from 1 to {most}.");
}
