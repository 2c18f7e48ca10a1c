namespace Rescue.Sessions.Email.Storage;

internal sealed record StoredAddress(string Address, string? Name = null)
{
    public static StoredAddress Of(EmailAddress address) => new(address.Address, address.DisplayName);

    public EmailAddress ToAddress() => EmailAddress.Parse(Address).WithDisplayName(Name);
}
