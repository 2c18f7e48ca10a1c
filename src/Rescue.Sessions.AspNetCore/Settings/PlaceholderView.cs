using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>A name that a template may use.</summary>
internal sealed record PlaceholderView(string Name, string Meaning, string Sample, bool IsOptional, TemplatePlaceholderKind Kind, int MaxLength)
{
    public static PlaceholderView Of(TemplatePlaceholder placeholder) =>
        new(placeholder.Name, placeholder.Meaning(), placeholder.Sample, placeholder.IsOptional, placeholder.Kind, placeholder.MaxLength);
}
