using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Email.Settings;

/// <summary>A template as it is saved.</summary>
internal sealed record EmailTemplateDocument(string Subject, string Text, string? Html)
{
    public EmailTemplateSource ToSource(string language) => new(Subject, Text, Html) { Language = language };
}
