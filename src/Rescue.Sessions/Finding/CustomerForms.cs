using System.Collections.Immutable;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Finding;

/// <summary>
/// What a customer may be stored under whom somebody names: invitations take a telephone number as people write it and an address as it is copied out of
/// other programs, and keep the one form of it.
/// </summary>
internal static class CustomerForms
{
    /// <summary>What was typed, for it may be a name, and the number or address that can be read in it.</summary>
    public static ImmutableArray<string> Of(string customer)
    {
        var typed = customer.Trim();
        return [.. ((string?[])[typed, NumberIn(typed), AddressIn(typed)]).OfType<string>().DistinctBy(NormalForm.ForCustomer)];
    }

    private static string? NumberIn(string typed) => PhoneNumber.TryParse(typed, out var number) ? number.Value : null;

    private static string? AddressIn(string typed) =>
        SingleLine.IsClean(typed) && !WrittenAddress.HoldsSeveral(typed) ? AddressForm.Of(WrittenAddress.Unwrap(typed)) : null;
}
