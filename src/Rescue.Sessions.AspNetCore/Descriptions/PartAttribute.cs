namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Says what a part of the path means where it is not what it is on most routes.</summary>
/// <param name="name">Its name.</param>
/// <param name="meaning">What it means.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PartAttribute(string name, string meaning) : Attribute
{
    public string Name => name;

    public string Meaning => meaning;
}
