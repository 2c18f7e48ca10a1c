using System.Buffers;
using System.Globalization;
using System.Text;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Normalization;
using Rescue.Sessions.Text;

namespace Rescue.Sessions.Organizations;

/// <summary>What may be set for an organisation, whoever sets it.</summary>
internal static class OrganizationRules
{
    private const int MostLanguages = 20;
    private const int MostWording = 300;
    private const int MostAddress = 254;
    private const int MostLocalPart = 64;
    private const int MostPhone = 40;
    private const int LeastDigits = 3;

    // What is dialled, and what people put between (E.123); an extension may follow.
    private static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("0123456789+()-./ \u00A0*#,;xext");

    /// <summary>Every value that cannot be used, by the field's name in JSON.</summary>
    public static IEnumerable<FieldProblem> Problems(OrganizationSettings settings)
    {
        IEnumerable<(string Field, string? Problem)> all =
        [
            ("name", Of(settings.Name, PersonName.Problem)),
            ("senderAddress", Of(settings.SenderAddress, Mailbox)),
            ("senderName", Of(settings.SenderName, SenderForm.Problem)),
            ("replyTo", Of(settings.ReplyTo, ReplyTo)),
            ("publicBaseUri", Of(settings.PublicBaseUri, BaseUri)),
            ("logo", Of(settings.Logo, Logo)),
            ("accentColor", Of(settings.AccentColor, Accent)),
            ("phone", Of(settings.Phone, Phone)),
            ("url", Of(settings.Url, Url)),
            .. Languages(settings.Languages),
            ("timeZone", Of(settings.TimeZone, id => TimeZoneId.IsKnown(id) ? null : "is not known. Give an IANA id such as Europe/Paris, or UTC.")),
            .. Wording(settings.Wording),
        ];
        foreach (var (field, problem) in all)
        {
            if (problem is not null)
                yield return new(field, Sentence(field, problem));
        }
    }

    /// <summary>One mailbox in its one form; null when the text is none.</summary>
    public static string? MailboxOf(string text) =>
        text.Length <= MostAddress && !TextRules.HasForbiddenCharacter(text) && AddressForm.Of(text.Trim()) is { } address
        && address.Length <= MostAddress && Encoding.UTF8.GetByteCount(address.AsSpan(0, address.LastIndexOf('@'))) <= MostLocalPart
            ? address
            : null;

    /// <summary>A problem as a sentence about its field.</summary>
    public static string Sentence(string field, string problem) => $"{NameOf(field)} {problem}";

    private static string NameOf(string field) => field.Split('[', '.')[0] switch
    {
        "name" => "The name",
        "senderAddress" => "The sender's address",
        "senderName" => "The sender's name",
        "replyTo" => "The address for answers",
        "publicBaseUri" => "The public address",
        "logo" => "The logo",
        "accentColor" => "The accent colour",
        "phone" => "The telephone number",
        "url" => "The web page",
        "languages" => "The language",
        "timeZone" => "The time zone",
        _ => "The wording",
    };

    private static string? Of(string? value, Func<string, string?> problem) => value is null ? null : problem(value);

    private static string? Mailbox(string text) => MailboxOf(text) is null ? "must be one mailbox such as support@example.org." : null;

    private static string? ReplyTo(string text) =>
        text is Organization.ReplyToTechnician or Organization.ReplyToSender || MailboxOf(text) is not null
            ? null
            : $"must be '{Organization.ReplyToTechnician}', '{Organization.ReplyToSender}' or one mailbox such as support@example.org.";

    private static string? BaseUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) ? PublicBaseUri.Problem(uri) : "must be absolute and start with https:// or http://.";

    private static string? Logo(string text)
    {
        OrganizationLogo.Read(text, out var problem);
        return problem;
    }

    private static string? Accent(string text)
    {
        if (AccentColor.Parse(text) is not { } color)
            return "must be written as #rrggbb, such as #0b57d0.";
        var contrast = color.ContrastWith(AccentColor.White);
        return contrast >= AccentColor.LeastContrast
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"has a contrast of {Math.Floor(contrast * 10) / 10:0.0}:1 with white, where {AccentColor.LeastContrast}:1 can be read. Choose a darker one, such as {color.ReadableOnWhite()}.");
    }

    private static string? Phone(string text) =>
        text.Length > MostPhone || text.AsSpan().ContainsAnyExcept(PhoneCharacters) || text.Count(char.IsAsciiDigit) < LeastDigits
            ? $"must be one number of at most {MostPhone} characters, such as +33 1 23 45 67 89."
            : null;

    private static string? Url(string text) => WebPage.Parse(text) is null
        ? $"must be an absolute https:// or http:// address of at most {WebPage.MaxLength} characters, without user name."
        : null;

    private static IEnumerable<(string, string?)> Languages(IReadOnlyList<string>? tags)
    {
        if (tags is null)
            yield break;
        if (tags.Count is 0 or > MostLanguages)
            yield return ("languages", $"list must have 1 to {MostLanguages} entries; null for those of the product.");
        for (var i = 0; i < tags.Count && i < MostLanguages; i++)
        {
            if (tags[i] is null || !LanguageTag.IsWellFormed(tags[i]))
                yield return ($"languages[{i}]", "must be a BCP 47 language tag such as fr or fr-CA.");
        }
    }

    private static IEnumerable<(string, string?)> Wording(IReadOnlyDictionary<string, string>? wording)
    {
        if (wording?.Count > MostLanguages)
            yield return ("wording", $"must be in at most {MostLanguages} languages.");
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (tag, text) in wording?.Take(MostLanguages) ?? [])
        {
            if (!LanguageTag.IsWellFormed(tag))
                yield return ($"wording.{tag}", "must be given by BCP 47 language tags such as fr or fr-CA.");
            else if (!given.Add(LanguageTag.Normalize(tag)))
                yield return ($"wording.{tag}", "is given twice for this language: upper and lower case are the same. Give it once.");
            else if (string.IsNullOrWhiteSpace(text) || TextRules.IsLongerThan(text, MostWording) || TextRules.HasForbiddenCharacter(text))
                yield return ($"wording.{tag}", $"must be one line of 1 to {MostWording} characters, without control characters.");
        }
    }
}
