using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email.Settings;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>What holds for a language and platform. <c>isDefault</c>: nothing is saved for exactly these; <c>from</c> is then where it is from.</summary>
internal sealed record TemplateView(
    string Subject,
    string Text,
    string? Html,
    string Language,
    [property: EnumDataType(typeof(DevicePlatform))] string? Platform,
    bool IsDefault,
    TemplateKeyView? From,
    long? Version,
    TechnicianView? SavedBy,
    DateTimeOffset? SavedAt,
    IReadOnlyList<TemplateProblem> Problems)
{
    public static TemplateView Of(SavedTemplate template) => new(
        template.Source.Subject,
        template.Source.Text,
        template.Source.Html,
        template.Key.Language,
        template.Key.Platform?.ToName(),
        !template.IsOwn,
        template.SavedAs is null ? null : new(template.SavedAs.Language, template.SavedAs.Platform?.ToName()),
        template.Version?.Version,
        template.Version is null ? null : TechnicianView.Of(template.Version.SavedBy),
        template.Version?.SavedAt,
        template.Problems);
}
