namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of a request header.</summary>
internal sealed class HeaderAttribute(string name, string meaning) : ParameterAttribute(name, meaning);
