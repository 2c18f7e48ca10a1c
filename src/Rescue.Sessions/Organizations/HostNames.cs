using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Organizations;

/// <summary>Host names and domains in the one form in which they are compared: lower case, in ASCII, without the dot of the root.</summary>
internal static class HostNames
{
    /// <summary>The most characters of a name that is looked at; what is longer is none.</summary>
    public const int MaxLength = 255;

    public static string Of(Uri address) => Of(AsciiHost.Of(address) ?? address.Host);

    public static string Of(string name)
    {
        name = name.Trim().TrimEnd('.').Trim('[', ']');
        return DomainName.Parse(name)?.Ascii ?? name.ToLowerInvariant();
    }

    /// <summary>Whether a name, in the one form, has more than one label and is no IP address.</summary>
    public static bool IsPublic(string name) => name != "localhost" && DomainName.Parse(name) is not null;

    /// <summary>The domain of a mailbox; null when there is none.</summary>
    public static string? OfMailbox(string? address) =>
        address is not null && OrganizationRules.MailboxOf(address) is { } mailbox ? mailbox[(mailbox.LastIndexOf('@') + 1)..] : null;
}
