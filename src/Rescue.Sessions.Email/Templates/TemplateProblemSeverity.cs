namespace Rescue.Sessions.Email.Templates;

/// <summary>Whether a problem refuses a template or only advises its author.</summary>
public enum TemplateProblemSeverity
{
    /// <summary>The template can be used, but its author should know.</summary>
    Warning,

    /// <summary>The template is refused.</summary>
    Error,
}
