namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of a field of the form that a page posts to a route.</summary>
/// <param name="name">The field's name.</param>
/// <param name="meaning">What it holds.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class TakesFormAttribute(string name, string meaning) : Attribute
{
    public string Field => name;

    public string Meaning => meaning;

    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional { get; init; }
}
