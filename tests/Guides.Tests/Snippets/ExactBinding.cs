using Microsoft.Extensions.Configuration;

namespace Guides.Tests.Snippets;

internal static class ExactBinding
{
    /// <summary>Binds a section so that a key which the options do not have stops the start: a misspelt one would be passed over in silence.</summary>
    /// <param name="others">Sections below it that are bound to something else.</param>
    public static void BindExactly(this IConfigurationSection section, object options, params string[] others)
    {
        var own = section.AsEnumerable()
            .Where(entry => entry.Value is not null && !others.Any(other => $"{entry.Key}:".StartsWith($"{section.Path}:{other}:", StringComparison.OrdinalIgnoreCase)));
        new ConfigurationBuilder().AddInMemoryCollection(own).Build().GetSection(section.Path).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
    }
}
