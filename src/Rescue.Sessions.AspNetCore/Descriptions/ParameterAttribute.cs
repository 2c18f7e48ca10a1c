namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of something beside the body that a route reads.</summary>
/// <param name="name">Its name.</param>
/// <param name="meaning">What it means.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class ParameterAttribute(string name, string meaning) : Attribute
{
    public string Name => name;

    public string Meaning => meaning;

    public bool IsRequired { get; init; }

    /// <summary>The enumeration of which it names a member; null where any text, or a number, is fine.</summary>
    public Type? OneOf { get; init; }

    /// <summary>Whether several may be given, with commas between them.</summary>
    public bool IsList { get; init; }

    /// <summary>The most, for a number from 1 on; 0 for what is no number.</summary>
    public int Most { get; init; }

    /// <summary>The most characters; 0 where no such limit is told.</summary>
    public int MaxLength { get; init; }
}
