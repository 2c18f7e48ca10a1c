namespace Rescue.Sessions.Email.Templates;

/// <summary>What is true at a place of a template on every path that leads to it.</summary>
/// <param name="HasLink">Whether the link was printed.</param>
/// <param name="MaxBytes">The most bytes printed so far.</param>
internal readonly record struct PathFacts(bool HasLink, long MaxBytes)
{
    /// <summary>What is true where two paths meet.</summary>
    public PathFacts Meet(in PathFacts other) => new(HasLink && other.HasLink, Math.Max(MaxBytes, other.MaxBytes));
}
