using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>Templates, what there are built-in ones for, and the names and functions that all of them can use.</summary>
internal sealed record TemplateListView(
    IReadOnlyList<TemplateView> Items, IReadOnlyList<string> Languages, IReadOnlyList<PlaceholderView> Placeholders, IReadOnlyList<FunctionView> Functions)
{
    public static TemplateListView Of(IEnumerable<TemplateView> items, EmailTemplates templates) =>
        new([.. items], templates.Languages, [.. templates.Placeholders.Select(PlaceholderView.Of)], [.. TemplateFunction.All.Select(FunctionView.Of)]);
}
