namespace Rescue.Sessions.AspNetCore.Descriptions;

/// <summary>Tells of a query parameter.</summary>
internal sealed class QueryAttribute(string name, string meaning) : ParameterAttribute(name, meaning);
