namespace Rescue.Sessions.Organizations;

/// <summary>
/// What is set for one tenant's organisation, by its administrator or by the host; what is null is as it would be without. Immutable.
/// </summary>
public sealed record OrganizationSettings
{
    /// <summary>Its name, 1 to 128 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The address from which the service sends, one mailbox.</summary>
    public string? SenderAddress { get; init; }

    /// <summary>The name beside that address, in which <c>{technician}</c> and <c>{organization}</c> stand for the two names.</summary>
    public string? SenderName { get; init; }

    /// <summary>Where answers go: <see cref="Organization.ReplyToTechnician"/>, <see cref="Organization.ReplyToSender"/>, or one mailbox.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The address under which its customers reach the product, with a host name of its own.</summary>
    public string? PublicBaseUri { get; init; }

    /// <summary>Its logo, as a <c>data:</c> URI in base64 or as base64 alone: a PNG, JPEG, GIF or WebP image of at most 64 KB and 2,000 pixels a side.</summary>
    public string? Logo { get; init; }

    /// <summary>The colour of buttons and links, as <c>#rrggbb</c>, dark enough to be read on white (4.5:1).</summary>
    public string? AccentColor { get; init; }

    /// <summary>The number under which a customer can ask whether an invitation is real.</summary>
    public string? Phone { get; init; }

    /// <summary>The web page on which a customer can look that up, http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The languages in which it speaks, as BCP 47 tags, the first where a customer's is not known.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>The time zone in which customers are told until when a link is valid, as an IANA id.</summary>
    public string? TimeZone { get; init; }

    /// <summary>A sentence of its own on the customer's pages, by language tag.</summary>
    public IReadOnlyDictionary<string, string>? Wording { get; init; }

    /// <summary>Every value that cannot be used, whoever sets it. Whose host name and whose domain it is, is asked when it is saved.</summary>
    public IReadOnlyList<FieldProblem> Problems() => [.. OrganizationRules.Problems(this)];

    /// <summary>These settings, and what they lack from others.</summary>
    internal OrganizationSettings Over(OrganizationSettings? others) => others is null ? this : new()
    {
        Name = Name ?? others.Name,
        SenderAddress = SenderAddress ?? others.SenderAddress,
        SenderName = SenderName ?? others.SenderName,
        ReplyTo = ReplyTo ?? others.ReplyTo,
        PublicBaseUri = PublicBaseUri ?? others.PublicBaseUri,
        Logo = Logo ?? others.Logo,
        AccentColor = AccentColor ?? others.AccentColor,
        Phone = Phone ?? others.Phone,
        Url = Url ?? others.Url,
        Languages = Languages ?? others.Languages,
        TimeZone = TimeZone ?? others.TimeZone,
        Wording = Wording ?? others.Wording,
    };

    /// <summary>Whether others say the same, member by member.</summary>
    internal bool Says(OrganizationSettings others) =>
        this with { Languages = null, Wording = null } == others with { Languages = null, Wording = null }
        && (Languages is null ? others.Languages is null : others.Languages is not null && Languages.SequenceEqual(others.Languages))
        && (Wording is null ? others.Wording is null : others.Wording is not null && Wording.Count == others.Wording.Count && !Wording.Except(others.Wording).Any());

    /// <summary>These settings without what a field of that name says.</summary>
    internal OrganizationSettings Without(string field) => field.Split('[', '.')[0] switch
    {
        "name" => this with { Name = null },
        "senderAddress" => this with { SenderAddress = null },
        "senderName" => this with { SenderName = null },
        "replyTo" => this with { ReplyTo = null },
        "publicBaseUri" => this with { PublicBaseUri = null },
        "logo" => this with { Logo = null },
        "accentColor" => this with { AccentColor = null },
        "phone" => this with { Phone = null },
        "url" => this with { Url = null },
        "languages" => this with { Languages = null },
        "timeZone" => this with { TimeZone = null },
        "wording" => this with { Wording = null },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    internal static OrganizationSettings Of(OrganizationOptions options) => new()
    {
        Name = options.Name,
        SenderAddress = options.SenderAddress,
        SenderName = options.SenderName,
        ReplyTo = options.ReplyTo,
        PublicBaseUri = options.PublicBaseUri?.OriginalString,
        Logo = options.Logo is null ? null : Convert.ToBase64String(options.Logo),
        AccentColor = options.AccentColor,
        Phone = options.Phone,
        Url = options.Url?.OriginalString,
        Languages = options.Languages.Count == 0 ? null : [.. options.Languages],
        TimeZone = options.TimeZone,
        Wording = options.Wording.Count == 0 ? null : options.Wording.ToDictionary(StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>No address, for it may come into a log.</summary>
    public override string ToString() => nameof(OrganizationSettings);
}
