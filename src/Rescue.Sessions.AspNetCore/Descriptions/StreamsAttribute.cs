namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of an answer that is a stream of server-sent events.</summary>
/// <param name="name">The name of its events.</param>
/// <param name="type">The type of their data, which is JSON on one line.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StreamsAttribute(string name, Type type) : Attribute
{
    public string Event => name;

    public Type Type => type;
}
