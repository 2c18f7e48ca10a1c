using Rescue.Sessions.Email.Templates.Html;

namespace Rescue.Sessions.Email.Templates;

/// <summary>What is true at a place of a template on every path that leads to it.</summary>
/// <param name="HasLink">Whether the link was printed, in HTML where it can be seen.</param>
/// <param name="MaxBytes">The most bytes printed so far.</param>
/// <param name="MaxLaidOutBytes">The most bytes that plain text becomes when it is laid out as HTML.</param>
/// <param name="Html">Where in the markup the place is.</param>
internal readonly record struct PathFacts(bool HasLink, long MaxBytes, long MaxLaidOutBytes, HtmlState Html)
{
    /// <summary>What is true where two paths meet.</summary>
    public PathFacts Meet(in PathFacts other) =>
        new(HasLink && other.HasLink, Math.Max(MaxBytes, other.MaxBytes), Math.Max(MaxLaidOutBytes, other.MaxLaidOutBytes), Html.Meet(other.Html));
}
