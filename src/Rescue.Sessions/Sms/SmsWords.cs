using System.Globalization;
using System.Resources;
using Rescue.Sessions.Languages;
using Rescue.Sessions.Organizations;

namespace Rescue.Sessions.Sms;

/// <summary>The words of short texts in our languages and the host's. Read once, when the first is needed. Thread-safe.</summary>
internal sealed class SmsWords(string? folder)
{
    private const string Resource = "SmsTexts";
    private const string Invitation = "invitation";

    // A part costs money, and the customer knows the name by its beginning.
    private const int MostOfName = 40;

    private static readonly Words Shipped = Words.Shipped(new ResourceManager("Rescue.Sessions.Sms.SmsTexts", typeof(SmsWords).Assembly));

    private readonly Words words = Shipped.With(ResourceFile.In(folder), Resource);

    /// <summary>The tags of the languages, English first.</summary>
    public IEnumerable<string> Languages => words.Languages;

    /// <summary>Every problem of a host's folder.</summary>
    public static IReadOnlyList<string> Problems(string? folder) => [.. WordsCheck.Problems(folder, Resource, Shipped)];

    /// <summary>The language of a text: the customer's or the nearest there is, else the organisation's first, else English.</summary>
    public string Choose(string? language, Organization organization) =>
        words.Nearest(language) ?? words.Nearest(organization.Languages is [var first, ..] ? first : null) ?? Words.Last;

    /// <summary>The text with the organisation's name and the link.</summary>
    public string Write(string language, Organization organization, Uri link) =>
        string.Format(CultureInfo.InvariantCulture, words.Find(language)![Invitation], Short(organization.Name), link.AbsoluteUri);

    private static string Short(string name)
    {
        var whole = new StringInfo(name);
        return whole.LengthInTextElements <= MostOfName && name.Length <= 2 * MostOfName
            ? name
            : whole.SubstringByTextElements(0, Math.Min(MostOfName / 2, whole.LengthInTextElements)) + "...";
    }
}
