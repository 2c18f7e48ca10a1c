using System.Collections.Immutable;
using System.Globalization;
using System.Resources;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// A name that a template may use. The list is closed: the compiler, the documentation and an editor's help are all made from <see cref="All"/>.
/// </summary>
public sealed class TemplatePlaceholder
{
    private static readonly ResourceManager Meanings =
        new("Rescue.Sessions.Email.Templates.TemplatePlaceholderMeanings", typeof(TemplatePlaceholder).Assembly);

    private TemplatePlaceholder(string name, string sample, int maxLength, bool isOptional = false, TemplatePlaceholderKind kind = TemplatePlaceholderKind.Text)
    {
        Name = name;
        Sample = sample;
        MaxLength = maxLength;
        IsOptional = isOptional;
        Kind = kind;
    }

    /// <summary>Every placeholder, in the order the documentation lists them.</summary>
    public static ImmutableArray<TemplatePlaceholder> All { get; } =
    [
        new("customer.name", "Ada Lovelace", 128),
        new("technician.name", "Jo Martin", 128, isOptional: true),
        new("technician.email", "jo.martin@example.org", 254, isOptional: true),
        new("organization.name", "Example Support", 128, isOptional: true),
        new("link.url", "https://help.example.org/Customer/Code.aspx?i=2&Code=012345&k=bm90IGEgcmVhbCB0b2tlbg", 1024),
        new("link.expires_at", "20:15", 128),
        new("link.minutes_left", "20", 16),
        new("pin.code", "012345", 16),
        new("session.reference", "T-42", 512, isOptional: true),
        new("device.platform", "macos", 32, isOptional: true),
        new("device.mobile", "false", 5, kind: TemplatePlaceholderKind.Boolean),
    ];

    /// <summary>The name as written between braces, such as <c>customer.name</c>. Names are case-sensitive.</summary>
    public string Name { get; }

    /// <summary>Whether the name stands for text or for a yes or no.</summary>
    public TemplatePlaceholderKind Kind { get; }

    /// <summary>Whether there may be no value, so that <c>??</c> is of use.</summary>
    public bool IsOptional { get; }

    /// <summary>The longest value, in UTF-16 code units. It bounds the size of what a template can render to.</summary>
    public int MaxLength { get; }

    /// <summary>An invented value, for previews.</summary>
    public string Sample { get; }

    /// <summary>What the name stands for, in a language we have, or else in English.</summary>
    /// <param name="culture">The language; <see langword="null"/> for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    public string Meaning(CultureInfo? culture = null) => Meanings.GetString(Name, culture)!;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The place of a name in <see cref="All"/>, or -1.</summary>
    internal static int IndexOf(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < All.Length; index++)
            if (name.SequenceEqual(All[index].Name)) return index;
        return -1;
    }
}
