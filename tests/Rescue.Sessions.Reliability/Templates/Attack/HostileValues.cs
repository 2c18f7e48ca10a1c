using Rescue.Sessions.Email.Templates;

namespace Rescue.Sessions.Reliability.Templates.Attack;

/// <summary>The values that cost most: as long as each may be, of the characters that grow most when they are encoded, or missing.</summary>
internal static class HostileValues
{
    /// <summary>Every value at its longest.</summary>
    public static TemplateValues Longest { get; } = Make(mobile: true, length => new string('"', length), Repeat);

    /// <summary>Every value at its longest, in characters of three octets, which an address encodes to nine.</summary>
    public static TemplateValues Widest { get; } = Make(mobile: false, length => new string('日', length), Repeat);

    /// <summary>Nothing that may be missing is there.</summary>
    public static TemplateValues Missing { get; } = Make(mobile: false, _ => "", _ => null);

    private static string Repeat(int length) => string.Concat(Enumerable.Repeat("{{''}}", (length / 6) + 1))[..length];

    private static TemplateValues Make(bool mobile, Func<int, string> required, Func<int, string?> optional) => new()
    {
        CustomerName = required(128),
        TechnicianName = optional(128),
        TechnicianEmail = optional(254),
        OrganizationName = optional(128),
        LinkUrl = "https://h.example/?" + new string('&', 1024 - 19),
        LinkExpiresAt = required(64),
        LinkMinutesLeft = required(16),
        LinkExpires = TemplateValues.Sample.LinkExpires,
        PinCode = required(16),
        SessionReference = optional(64),
        DevicePlatform = optional(32),
        DeviceMobile = mobile,
    };
}
