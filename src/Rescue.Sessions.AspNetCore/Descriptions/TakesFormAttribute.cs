namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of the form that a page posts to a route.</summary>
/// <param name="name">The name of its one field.</param>
/// <param name="meaning">What it holds.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesFormAttribute(string name, string meaning) : Attribute
{
    public string Field => name;

    public string Meaning => meaning;
}
