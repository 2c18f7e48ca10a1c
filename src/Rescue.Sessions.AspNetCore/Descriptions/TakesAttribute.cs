using Rescue.Sessions.AspNetCore.Json;

namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of the JSON body that a route reads, and thereby of the refusals of one that is not as it should be.</summary>
/// <param name="type">Its type; <see cref="EmptyBody"/> where none is needed.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesAttribute(Type type) : Attribute
{
    public Type Type => type;

    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional { get; init; }
}
