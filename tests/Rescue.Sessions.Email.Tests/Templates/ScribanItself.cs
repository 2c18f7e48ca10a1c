using System.Globalization;
using Scriban;
using Scriban.Runtime;

namespace Rescue.Sessions.Email.Templates;

/// <summary>Renders a template with Scriban alone: what ours is held against.</summary>
internal static class ScribanItself
{
    public static string Render(string source, TemplateValues values)
    {
        var model = new ScriptObject();
        foreach (var placeholder in TemplatePlaceholder.All)
        {
            var words = placeholder.Name.Split('.');
            if (!model.TryGetValue(words[0], out var found) || found is not ScriptObject owner)
                model[words[0]] = owner = [];
            owner[words[1]] = values.ValueOf(placeholder.Name);
        }

        var context = new TemplateContext { StrictVariables = true };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal(model);
        return Template.Parse(source).Render(context);
    }
}
