using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using Rescue.Sessions.Email.Text;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// A name that a template may use. The compiler, the documentation and an editor's help are all made from <see cref="All"/>; a host adds its own to <see cref="EmailOptions.Placeholders"/>.
/// </summary>
public sealed class TemplatePlaceholder
{
    private static readonly ResourceManager Meanings =
        new("Rescue.Sessions.Email.Templates.TemplatePlaceholderMeanings", typeof(TemplatePlaceholder).Assembly);

    /// <summary>The most UTF-16 code units that a character may take on average.</summary>
    internal const int MostUnits = 4;

    private readonly IReadOnlyDictionary<string, string>? meanings;

    internal TemplatePlaceholder(
        string name, string sample, int maxLength, bool isOptional = false, TemplatePlaceholderKind kind = TemplatePlaceholderKind.Text,
        IReadOnlyDictionary<string, string>? meanings = null, Func<Session, string?>? value = null, bool isCounted = false)
    {
        Name = name;
        Sample = sample;
        MaxLength = maxLength;
        IsOptional = isOptional;
        Kind = kind;
        this.meanings = meanings;
        Value = value;
        MaxUnits = isCounted ? MostUnits * maxLength : maxLength;
    }

    /// <summary>Every built-in placeholder, in the order the documentation lists them.</summary>
    public static ImmutableArray<TemplatePlaceholder> All { get; } =
    [
        new("customer.name", "Ada Lovelace", 128, isCounted: true),
        new("technician.name", "Jo Martin", 128, isOptional: true, isCounted: true),
        new("technician.email", "jo.martin@example.org", 254, isOptional: true),
        new("organization.name", "Example Support", 128, isOptional: true, isCounted: true),
        new("link.url", "https://help.example.org/Customer/Code.aspx?i=2&Code=012345&k=bm90IGEgcmVhbCB0b2tlbg", 1024),
        new("link.expires_at", "20:15", 128),
        new("link.minutes_left", "20", 16),
        new("pin.code", "012345", 16),
        new("organization.phone", "+44 20 7946 0958", 40, isOptional: true),
        new("organization.url", "https://www.example.org/help", 1024, isOptional: true, TemplatePlaceholderKind.Link),
        new("session.reference", "T-42", NewSession.MaxReferenceLength, isOptional: true, isCounted: true),
        new("device.platform", "macos", 32, isOptional: true),
        new("device.mobile", "false", 5, kind: TemplatePlaceholderKind.Boolean),
        new("link.expires", "02 Jan 2030", 64, kind: TemplatePlaceholderKind.Moment),
        new("link.address", "help.example.org/Customer", 1024),
        new("link.decline", "https://help.example.org/Customer/decline?i=2&Code=012345&k=bm90IGEgcmVhbCB0b2tlbg", 1032, kind: TemplatePlaceholderKind.Link),
        new("fields.field0", "Room 12", 64, isOptional: true, isCounted: true),
        new("fields.field1", "The printer is out of paper", 512, isOptional: true, isCounted: true),
        new("fields.field2", "Second floor", 512, isOptional: true, isCounted: true),
        new("fields.field3", "Contract A", 256, isOptional: true, isCounted: true),
        new("fields.field4", "Gold", 64, isOptional: true, isCounted: true),
        new("fields.field5", "Paris", 64, isOptional: true, isCounted: true),
        new("fields.tracking", "C-1001", 64, isOptional: true, isCounted: true),
    ];

    /// <summary>The name as written between braces, such as <c>customer.name</c>. Names are case-sensitive.</summary>
    public string Name { get; }

    /// <summary>What the name stands for.</summary>
    public TemplatePlaceholderKind Kind { get; }

    /// <summary>Whether there may be no value, so that <c>??</c> is of use.</summary>
    public bool IsOptional { get; }

    /// <summary>The longest value, in characters as the session counts them. It bounds the size of what a template can render to.</summary>
    public int MaxLength { get; }

    /// <summary>An invented value, for previews.</summary>
    public string Sample { get; }

    /// <summary>What the name stands for, in a language we have, or else in English.</summary>
    /// <param name="culture">The language; <see langword="null"/> for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    public string Meaning(CultureInfo? culture = null)
    {
        if (meanings is null)
            return Meanings.GetString(Name, culture)!;
        for (var language = culture ?? CultureInfo.CurrentUICulture; language.Name.Length > 0; language = language.Parent)
        {
            if (meanings.TryGetValue(language.Name, out var meaning))
                return meaning;
        }

        return meanings["en"];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The longest value, in UTF-16 code units; people count characters, and an emoji is several.</summary>
    internal int MaxUnits { get; }

    /// <summary>What gives the value for a session, of a host's own name.</summary>
    internal Func<Session, string?>? Value { get; }

    /// <summary>What is wrong with a value, as the rest of a sentence; <see langword="null"/> when nothing is.</summary>
    internal string? Problem(string value)
    {
        if (value.Length > MaxLength)
            return $"must have at most {MaxLength} characters.";
        if (ControlCharacters.IndexIn(value) >= 0)
            return "must not contain control characters or line breaks.";
        return Kind == TemplatePlaceholderKind.Link && !TemplateValues.IsLink(value)
            ? "must be an absolute http or https address of visible ASCII characters without quotes."
            : null;
    }

    /// <summary>What is wrong with a value that a technician's program gives: a link must lead where the sample does, so that nobody sends another in the organisation's name.</summary>
    internal string? ProblemOfGiven(string value)
    {
        if (Problem(value) is { } problem)
            return problem;
        return Kind == TemplatePlaceholderKind.Link && OriginOf(value) != OriginOf(Sample) ? $"must be an address of {OriginOf(Sample)}." : null;
    }

    private static string? OriginOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;

    /// <summary>The place of a name in <see cref="All"/>, or -1.</summary>
    internal static int IndexOf(ReadOnlySpan<char> name)
    {
        for (var index = 0; index < All.Length; index++)
        {
            if (name.SequenceEqual(All[index].Name))
                return index;
        }

        return -1;
    }
}
