namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of an answer that is no refusal.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="meaning">What it means.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal class AnswersAttribute(int status, string meaning) : Attribute
{
    public int Status => status;

    public string Meaning => meaning;

    /// <summary>The type of its JSON; null for text, bytes or nothing.</summary>
    public Type? Type { get; init; }

    /// <summary>The media type of what is not JSON; null for an answer without content.</summary>
    public string? MediaType { get; init; }

    /// <summary>The headers that it has.</summary>
    public string[] Headers { get; init; } = [];
}
