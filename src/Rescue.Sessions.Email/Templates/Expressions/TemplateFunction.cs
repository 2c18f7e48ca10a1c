using System.Collections.Immutable;
using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Email.Templates;

/// <summary>A function that a template may use: one of Scriban's that is pure and bounded. The list is closed.</summary>
public sealed class TemplateFunction
{
    private static readonly ResourceManager Meanings =
        new("Rescue.Sessions.Email.Templates.TemplateFunctionMeanings", typeof(TemplateFunction).Assembly);

    internal TemplateFunction(string name, string parameters, TemplateType result, Func<ExpressionFacts[], long> length, string example, string output)
    {
        Name = name;
        Parameters = [.. parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Result = result;
        Length = length;
        Example = example;
        Output = output;
    }

    /// <summary>Every function, in the order the documentation lists them.</summary>
    public static ImmutableArray<TemplateFunction> All => TemplateFunctions.All;

    /// <summary>The name as written, such as <c>string.upcase</c>.</summary>
    public string Name { get; }

    /// <summary>An expression that uses it, without braces.</summary>
    public string Example { get; }

    /// <summary>What <see cref="Example"/> prints with the sample values, in English.</summary>
    public string Output { get; }

    /// <summary>What it does, in a language we have, or else in English.</summary>
    /// <param name="culture">The language; <see langword="null"/> for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    public string Meaning(CultureInfo? culture = null) => Meanings.GetString(Name, culture)!;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// What it takes: <c>text</c> (null counts as none), <c>TEXT</c> (never null), <c>literal</c> (a text written out), <c>number</c>, <c>size</c>
    /// (a whole number written out, 0 to 1000), <c>shift</c> (one of -100,000 to 100,000), <c>list</c>, <c>moment</c>; with <c>?</c> it may be left out.
    /// </summary>
    internal ImmutableArray<string> Parameters { get; }

    internal TemplateType Result { get; }

    /// <summary>The most characters that come of arguments.</summary>
    internal Func<ExpressionFacts[], long> Length { get; }
}
