using Rescue.Sessions.Email.Templates.Html;

namespace Rescue.Sessions.Email.Templates;

/// <summary>What is true at a place of a template on every path that leads to it.</summary>
/// <param name="HasLink">Whether the link was printed, in HTML where it can be seen.</param>
/// <param name="HasWords">Whether something was printed that is seen.</param>
/// <param name="MaxBytes">The most bytes printed so far.</param>
/// <param name="MaxCharacters">The most characters printed so far.</param>
/// <param name="MaxLaidOutBytes">The most bytes that plain text becomes when it is laid out as HTML.</param>
/// <param name="Edge">What may stand just before.</param>
/// <param name="Locals">The local names that have a value, one bit each.</param>
/// <param name="Html">Where in the markup the place is.</param>
internal readonly record struct PathFacts(
    bool HasLink, bool HasWords, long MaxBytes, long MaxCharacters, long MaxLaidOutBytes, LinkEdge Edge, ulong Locals, HtmlState Html)
{
    /// <summary>What is true where two paths meet.</summary>
    public PathFacts Meet(in PathFacts other) => new(
        HasLink && other.HasLink,
        HasWords && other.HasWords,
        Math.Max(MaxBytes, other.MaxBytes),
        Math.Max(MaxCharacters, other.MaxCharacters),
        Math.Max(MaxLaidOutBytes, other.MaxLaidOutBytes),
        Edge | other.Edge,
        Locals & other.Locals,
        Html.Meet(other.Html));
}
