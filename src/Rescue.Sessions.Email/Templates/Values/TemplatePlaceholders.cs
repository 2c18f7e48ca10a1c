using System.Collections;
using System.Text.RegularExpressions;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// The host's own names for templates, such as <c>ticket.url</c>. Declared at start; not thread-safe while names are added.
/// </summary>
public sealed partial class TemplatePlaceholders : IEnumerable<TemplatePlaceholder>
{
    /// <summary>The most names.</summary>
    public const int MaxCount = 40;

    /// <summary>The longest value that can be asked for, in UTF-16 code units.</summary>
    public const int MaxValueLength = 2048;

    private readonly List<TemplatePlaceholder> own = [];

    /// <summary>Declares a name. A value is given per invitation (<c>NewInvitation.Values</c>), or else by a delegate; without either it is missing.</summary>
    /// <param name="name">Two words of small letters, digits and underscores with a dot between them, such as <c>ticket.url</c>.</param>
    /// <param name="kind"><see cref="TemplatePlaceholderKind.Text"/>, or <see cref="TemplatePlaceholderKind.Link"/> for an absolute http or https address.</param>
    /// <param name="meanings">What it stands for, by language tag; <c>en</c> is compulsory and used where no other fits.</param>
    /// <param name="sample">A value for previews.</param>
    /// <param name="maxLength">The longest value, 1 to <see cref="MaxValueLength"/> UTF-16 code units; a longer one is refused.</param>
    /// <param name="value">Gives the value for a session for which none was given; null for none. Called on any thread, and must not block.</param>
    /// <exception cref="ArgumentException">The name is not of that form or taken, or the sample is no such value.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxCount"/> names already.</exception>
    public void Add(
        string name, TemplatePlaceholderKind kind, IReadOnlyDictionary<string, string> meanings, string sample, int maxLength, Func<Session, string?>? value = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(meanings);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLength, MaxValueLength);
        if (!NameForm().IsMatch(name))
            throw new ArgumentException("A placeholder's name is two words of small letters, digits and underscores, such as ticket.url.", nameof(name));
        if (TemplatePlaceholder.IndexOf(name) >= 0 || own.Exists(placeholder => placeholder.Name == name) || TemplateNames.OfFunctions.Contains(name[..name.IndexOf('.', StringComparison.Ordinal)]))
            throw new ArgumentException($"The name {name} is taken.", nameof(name));
        if (kind is not (TemplatePlaceholderKind.Text or TemplatePlaceholderKind.Link))
            throw new ArgumentException("A placeholder of a host's own is Text or Link.", nameof(kind));
        if (!meanings.TryGetValue("en", out var english) || string.IsNullOrWhiteSpace(english))
            throw new ArgumentException("Say in English, under the key en, what the placeholder stands for.", nameof(meanings));
        if (own.Count == MaxCount)
            throw new InvalidOperationException($"There can be at most {MaxCount} placeholders of a host's own.");
        var placeholder = new TemplatePlaceholder(name, sample, maxLength, isOptional: true, kind, new Dictionary<string, string>(meanings, StringComparer.OrdinalIgnoreCase), value);
        if (placeholder.Problem(sample) is { } problem)
            throw new ArgumentException($"The sample {problem}", nameof(sample));
        own.Add(placeholder);
    }

    /// <inheritdoc/>
    public IEnumerator<TemplatePlaceholder> GetEnumerator() => own.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,31}\.[a-z][a-z0-9_]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
