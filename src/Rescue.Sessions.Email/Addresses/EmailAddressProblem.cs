namespace Rescue.Sessions.Email;

/// <summary>Why a text is not one email address.</summary>
public enum EmailAddressProblem
{
    /// <summary>There is no problem: the text is one address.</summary>
    None,

    /// <summary>The text is null, empty or blank.</summary>
    Empty,

    /// <summary>The text holds a comma or a semicolon outside quotes, so it reads as several addresses.</summary>
    SeveralAddresses,

    /// <summary>The text holds a line break, another control character, or a mark that changes the reading direction.</summary>
    ControlCharacter,

    /// <summary>There is no <c>@</c> outside quotes.</summary>
    MissingAt,

    /// <summary>The part before the <c>@</c> is neither a dot-atom nor a quoted string (RFC 5321 section 4.1.2, RFC 6531 section 3.3).</summary>
    LocalPart,

    /// <summary>The part after the <c>@</c> is not a fully qualified domain name (RFC 5321 section 2.3.5, RFC 5890).</summary>
    Domain,

    /// <summary>The local part is over 64 octets, or the whole over 254 (RFC 5321 section 4.5.3.1).</summary>
    TooLong,
}
