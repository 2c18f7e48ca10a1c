namespace Rescue.Sessions.Email.Templates;

/// <summary>One template with what the reference engine makes of it.</summary>
public sealed record ReferenceCase(string Template, int Model, string Output);
