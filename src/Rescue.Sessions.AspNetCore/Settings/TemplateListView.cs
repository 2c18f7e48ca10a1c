using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>Templates, what there are built-in ones for, and the names that all of them can use.</summary>
internal sealed record TemplateListView(IReadOnlyList<TemplateView> Items, IReadOnlyList<string> Languages, IReadOnlyList<PlaceholderView> Placeholders)
{
    public static TemplateListView Of(IEnumerable<TemplateView> items) =>
        new([.. items], EmailInvitations.Languages, [.. TemplatePlaceholder.All.Select(PlaceholderView.Of)]);
}
