namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of events of an answer that is a stream of server-sent events. That each stream has pings besides is known.</summary>
/// <param name="name">Their name.</param>
/// <param name="type">The type of their data, which is JSON on one line.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class StreamsAttribute(string name, Type type) : Attribute
{
    public string Event => name;

    public Type Type => type;
}
