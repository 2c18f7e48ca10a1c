using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A message to an invented customer, with the warnings about its template.</summary>
internal sealed record TemplatePreviewView(
    string Subject, string Text, string? Html, int MailtoLength, IReadOnlyList<TemplateProblem> Problems);
