namespace Rescue.Sessions.Benchmarks.Templates;

/// <summary>How a template language says what the invitation needs, so that the same invitation can be written in each.</summary>
/// <param name="Text">Prints a value as it is.</param>
/// <param name="Html">Prints a value encoded for HTML.</param>
/// <param name="If">Begins what is printed when there is a value.</param>
/// <param name="Else">Begins what is printed otherwise.</param>
/// <param name="End">Ends either.</param>
internal sealed record Dialect(Func<string, string> Text, Func<string, string> Html, Func<string, string> If, string Else, string End)
{
    public static Dialect Ours { get; } = new(
        name => $"{{{{ {name} }}}}", name => $"{{{{ {name} }}}}", name => $"{{{{ if {name} }}}}", "{{ else }}", "{{ end }}");

    public static Dialect Handlebars { get; } = new(
        name => $"{{{{{{{name}}}}}}}", name => $"{{{{{name}}}}}", name => $"{{{{#if {name}}}}}", "{{else}}", "{{/if}}");
}
