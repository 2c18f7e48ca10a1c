namespace Rescue.Sessions.Email.Templates;

/// <summary>One token between braces, as a slice of the source.</summary>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, int Start, int End);
