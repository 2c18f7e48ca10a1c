using Rescue.Sessions.AspNetCore.Problems;

namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of refusals that a route knows, all of one status.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="codes">The words in <c>code</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(int status, params ProblemCode[] codes) : Attribute
{
    public int Status => status;

    public IReadOnlyList<ProblemCode> Codes => codes;
}
