namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Names what a route does.</summary>
/// <param name="id">The operation's id, by which generated clients name their methods. It is never changed.</param>
/// <param name="summary">What it does, in one line.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperationAttribute(string id, string summary) : Attribute
{
    public string Id => id;

    public string Summary => summary;

    /// <summary>What else a caller should know, in Markdown.</summary>
    public string? Details { get; init; }
}
