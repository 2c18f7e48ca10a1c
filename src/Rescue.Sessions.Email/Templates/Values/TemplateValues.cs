using System.Buffers;
using System.Collections.ObjectModel;
using Rescue.Sessions.Email.Text;
using Rescue.Sessions.Fields;

namespace Rescue.Sessions.Email.Templates;

/// <summary>
/// The values that a template is rendered with. Every value is checked as it is set: no control characters (so that no value can break a
/// subject or a header) and no more than <see cref="TemplatePlaceholder.MaxLength"/>. Immutable, and safe for many threads.
/// </summary>
/// <exception cref="ArgumentException">A value is too long or contains a control character; the message names the property, never the value.</exception>
public sealed class TemplateValues
{
    /// <summary>The characters of a URI (RFC 3986, section 2), without the apostrophe, so that the link needs no care in any quotes.</summary>
    private static readonly SearchValues<char> LinkCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&()*+,;=%");

    private static readonly IReadOnlyDictionary<string, string> Missing = ReadOnlyDictionary<string, string>.Empty;
    private static readonly object True = true;
    private static readonly object False = false;

    /// <summary><c>customer.name</c>: the name or identifier the technician gave the customer.</summary>
    public required string CustomerName { get; init => field = Fit(value, PlaceholderIndex.CustomerName, nameof(CustomerName))!; }

    /// <summary><c>technician.name</c>: who asks.</summary>
    public string? TechnicianName { get; init => field = Fit(value, PlaceholderIndex.TechnicianName, nameof(TechnicianName)); }

    /// <summary><c>technician.email</c>: where the customer can ask back.</summary>
    public string? TechnicianEmail { get; init => field = Fit(value, PlaceholderIndex.TechnicianEmail, nameof(TechnicianEmail)); }

    /// <summary><c>organization.name</c>: whom the technician works for.</summary>
    public string? OrganizationName { get; init => field = Fit(value, PlaceholderIndex.OrganizationName, nameof(OrganizationName)); }

    /// <summary><c>organization.phone</c>: the number under which the customer can ask whether the message is real.</summary>
    public string? OrganizationPhone { get; init => field = Fit(value, PlaceholderIndex.OrganizationPhone, nameof(OrganizationPhone)); }

    /// <summary><c>organization.url</c>: the page on which the customer can look that up, of the same form as <see cref="LinkUrl"/>.</summary>
    public string? OrganizationUrl { get; init => field = FitLink(value, PlaceholderIndex.OrganizationUrl, nameof(OrganizationUrl)); }

    /// <summary><c>link.url</c>: the absolute http or https link (RFC 3986), of visible ASCII characters and without quotes or angle brackets.</summary>
    public required string LinkUrl
    {
        get;
        init
        {
            field = FitLink(value, PlaceholderIndex.LinkUrl, nameof(LinkUrl))!;
            LinkAddress = SiblingPages.ToType(value);
            LinkDecline = SiblingPages.ToDecline(value);
        }
    }

    /// <summary><c>link.address</c>: where the PIN is typed, short enough to be read out; it goes with <see cref="LinkUrl"/>.</summary>
    public string LinkAddress { get; private init; } = "";

    /// <summary><c>link.decline</c>: where whoever did not ask for help says so; it goes with <see cref="LinkUrl"/>, and is as secret.</summary>
    public string LinkDecline { get; private init; } = "";

    /// <summary><c>link.expires_at</c>: when the link ends, as the customer reads time.</summary>
    public required string LinkExpiresAt { get; init => field = Fit(value, PlaceholderIndex.LinkExpiresAt, nameof(LinkExpiresAt))!; }

    /// <summary><c>link.minutes_left</c>: the whole minutes for which the link is valid.</summary>
    public required string LinkMinutesLeft { get; init => field = Fit(value, PlaceholderIndex.LinkMinutesLeft, nameof(LinkMinutesLeft))!; }

    /// <summary><c>pin.code</c>: the PIN, a string of digits.</summary>
    public required string PinCode { get; init => field = Fit(value, PlaceholderIndex.PinCode, nameof(PinCode))!; }

    /// <summary><c>session.reference</c>: the host's own reference, such as a ticket number.</summary>
    public string? SessionReference { get; init => field = Fit(value, PlaceholderIndex.SessionReference, nameof(SessionReference)); }

    /// <summary><c>device.platform</c>: the customer's platform, such as <c>macos</c>, when it is known.</summary>
    public string? DevicePlatform { get; init => field = Fit(value, PlaceholderIndex.DevicePlatform, nameof(DevicePlatform)); }

    /// <summary><c>link.expires</c>: when the link ends, in the customer's time zone.</summary>
    public required DateTimeOffset LinkExpires { get; init; }

    /// <summary><c>fields.*</c>: the session's custom fields.</summary>
    public CustomFields? Fields { get; init; }

    /// <summary>The values of the host's own names; what is not in it is missing.</summary>
    public IReadOnlyDictionary<string, string> Own { get; init; } = Missing;

    /// <summary><c>device.mobile</c>: whether the message is for a mobile device.</summary>
    public bool DeviceMobile { get; init; }

    /// <summary>Whose message it is, for what is laid out from the text.</summary>
    internal MessageLook Look { get; init; } = MessageLook.Default;

    /// <summary>The invented values of <see cref="TemplatePlaceholder.Sample"/>, for previews.</summary>
    public static TemplateValues Sample { get; } = Invented(placeholder => placeholder.Sample);

    /// <summary>Whether a text is an absolute http or https address that needs no care in any quotes.</summary>
    internal static bool IsLink(string value) => HasWebScheme(value) && !value.AsSpan().ContainsAnyExcept(LinkCharacters);

    /// <summary>The value at a place among the names; <see langword="null"/> when there is none.</summary>
    internal object? ValueAt(int place, TemplateNames names) => place switch
    {
        PlaceholderIndex.CustomerName => CustomerName,
        PlaceholderIndex.TechnicianName => TechnicianName,
        PlaceholderIndex.TechnicianEmail => TechnicianEmail,
        PlaceholderIndex.OrganizationName => OrganizationName,
        PlaceholderIndex.LinkUrl => LinkUrl,
        PlaceholderIndex.LinkExpiresAt => LinkExpiresAt,
        PlaceholderIndex.LinkMinutesLeft => LinkMinutesLeft,
        PlaceholderIndex.PinCode => PinCode,
        PlaceholderIndex.OrganizationPhone => OrganizationPhone,
        PlaceholderIndex.OrganizationUrl => OrganizationUrl,
        PlaceholderIndex.SessionReference => SessionReference,
        PlaceholderIndex.DevicePlatform => DevicePlatform,
        PlaceholderIndex.DeviceMobile => DeviceMobile ? True : False,
        // What a customer's clock shows, without an offset that Scriban would take from this machine.
        PlaceholderIndex.LinkExpires => DateTime.SpecifyKind(LinkExpires.DateTime, DateTimeKind.Unspecified),
        PlaceholderIndex.LinkAddress => LinkAddress,
        PlaceholderIndex.LinkDecline => LinkDecline,
        PlaceholderIndex.FieldsField0 => Fields?.Field0,
        PlaceholderIndex.FieldsField1 => Fields?.Field1,
        PlaceholderIndex.FieldsField2 => Fields?.Field2,
        PlaceholderIndex.FieldsField3 => Fields?.Field3,
        PlaceholderIndex.FieldsField4 => Fields?.Field4,
        PlaceholderIndex.FieldsField5 => Fields?.Field5,
        PlaceholderIndex.FieldsTracking => Fields?.Tracking,
        _ => Own.GetValueOrDefault(names.All[place].Name),
    };

    /// <summary>Invented values, but for link, PIN and moment, which are the samples.</summary>
    /// <param name="valueOf">Gives each value; null where it is missing, which it may be where the name is optional.</param>
    /// <param name="names">The names; null for the built-in ones.</param>
    /// <param name="isMobile">Whether the message is for a mobile device.</param>
    internal static TemplateValues Invented(Func<TemplatePlaceholder, string?> valueOf, TemplateNames? names = null, bool isMobile = false)
    {
        return new()
        {
            CustomerName = Of(PlaceholderIndex.CustomerName)!,
            TechnicianName = Of(PlaceholderIndex.TechnicianName),
            TechnicianEmail = Of(PlaceholderIndex.TechnicianEmail),
            OrganizationName = Of(PlaceholderIndex.OrganizationName),
            LinkUrl = TemplatePlaceholder.All[PlaceholderIndex.LinkUrl].Sample,
            LinkExpiresAt = Of(PlaceholderIndex.LinkExpiresAt)!,
            LinkMinutesLeft = Of(PlaceholderIndex.LinkMinutesLeft)!,
            PinCode = TemplatePlaceholder.All[PlaceholderIndex.PinCode].Sample,
            OrganizationPhone = Of(PlaceholderIndex.OrganizationPhone),
            OrganizationUrl = Of(PlaceholderIndex.OrganizationUrl) is null ? null : TemplatePlaceholder.All[PlaceholderIndex.OrganizationUrl].Sample,
            SessionReference = Of(PlaceholderIndex.SessionReference),
            DevicePlatform = Of(PlaceholderIndex.DevicePlatform),
            DeviceMobile = isMobile,
            LinkExpires = new(2030, 1, 2, 20, 15, 0, TimeSpan.Zero),
            Fields = new()
            {
                Field0 = Of(PlaceholderIndex.FieldsField0),
                Field1 = Of(PlaceholderIndex.FieldsField1),
                Field2 = Of(PlaceholderIndex.FieldsField2),
                Field3 = Of(PlaceholderIndex.FieldsField3),
                Field4 = Of(PlaceholderIndex.FieldsField4),
                Field5 = Of(PlaceholderIndex.FieldsField5),
                Tracking = Of(PlaceholderIndex.FieldsTracking),
            },
            Own = names?.ValuesOfOwn(valueOf) ?? Missing,
        };

        string? Of(int place) => valueOf(TemplatePlaceholder.All[place]);
    }

    private static bool HasWebScheme(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static string? FitLink(string? value, int place, string property) => value is null || IsLink(value)
        ? Fit(value, place, property)
        : throw new ArgumentException($"{property} must be an absolute http or https URL of visible ASCII characters without quotes.", property);

    private static string? Fit(string? value, int place, string property)
    {
        var placeholder = TemplatePlaceholder.All[place];
        if (value is null && !placeholder.IsOptional)
            throw new ArgumentNullException(property);
        if (value?.Length > placeholder.MaxUnits)
            throw new ArgumentException($"{property} must have at most {placeholder.MaxUnits} UTF-16 code units.", property);
        if (value is not null && ControlCharacters.IndexIn(value) >= 0)
            throw new ArgumentException($"{property} must not contain control characters or line separators.", property);
        return value;
    }
}
