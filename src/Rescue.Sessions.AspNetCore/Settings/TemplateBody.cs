using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A template as an administrator writes it. <c>version</c> is the one they saw; left out, whatever is there is replaced.</summary>
internal sealed record TemplateBody([property: Required] string? Subject, [property: Required] string? Text, string? Html, long? Version)
{
    public EmailTemplateSource ToSource() => new(Subject ?? "", Text ?? "", Html);
}
