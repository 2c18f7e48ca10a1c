namespace Rescue.Sessions.Email;

/// <summary>What is wrong with an address, as a sentence that says what would be right.</summary>
internal static class AddressProblems
{
    public static string Describe(EmailAddressProblem problem) => problem switch
    {
        EmailAddressProblem.SeveralAddresses => "Give one address only; make a session for each customer.",
        EmailAddressProblem.ControlCharacter => "The address must not contain line breaks or control characters.",
        EmailAddressProblem.MissingAt => "The address has no @. Give one such as name@example.com.",
        EmailAddressProblem.LocalPart => "The part before the @ is not valid.",
        EmailAddressProblem.Domain => "The part after the @ is not a full domain name such as example.com.",
        EmailAddressProblem.TooLong => "The address is too long.",
        _ => "Give one address such as name@example.com.",
    };
}
