namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of the key by which whoever has joined proves themselves, on the routes that refuse an unknown one.</summary>
/// <param name="scheme">What the document calls it.</param>
/// <param name="meaning">Where it is from.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KeyAttribute(string scheme, string meaning) : Attribute
{
    public string Scheme => scheme;

    public string Meaning => meaning;
}
