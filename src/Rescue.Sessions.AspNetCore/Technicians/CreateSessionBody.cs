using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What a technician posts to make a session. Enumerations come as text, so that a wrong one is named in the answer.</summary>
internal sealed record CreateSessionBody(
    [property: Required] string? CustomerName,
    EmailBody? Email,
    SmsBody? Sms,
    string? Reference,
    CustomFields? Fields,
    [property: Range(PinCode.MinLength, PinCode.MaxLength), Description("The fewest digits of the PIN, 6 to 12. A longer one can be typed while wrong PINs of the usual length are too many.")] int? PinLength)
{
    private const int None = -1;

    /// <summary>The input. A name of no platform and no delivery becomes a value that is none, which its validation finds.</summary>
    public NewSession ToNewSession(string? idempotencyKey) => new(CustomerName ?? "")
    {
        Reference = Reference,
        Fields = Fields,
        PinLength = PinLength,
        IdempotencyKey = idempotencyKey,
        Invitation = Email is not null ? ToInvitation(Email) : Sms is not null ? ToInvitation(Sms) : null,
    };

    private static NewInvitation ToInvitation(EmailBody email) => new()
    {
        Delivery = email.Delivery?.ToUpperInvariant() switch
        {
            "ONMYBEHALF" => EmailDelivery.OnMyBehalf,
            "DEFAULTMAILCLIENT" => EmailDelivery.DefaultMailClient,
            _ => (EmailDelivery)None,
        },
        To = email.To,
        ForMobileDevice = email.ForMobileDevice ?? false,
        Platform = ToPlatform(email.Platform),
        Language = email.Language,
        TimeZone = email.TimeZone,
        Values = email.Values,
    };

    private static NewInvitation ToInvitation(SmsBody sms) => new()
    {
        Channel = InvitationChannel.Sms,
        Delivery = EmailDelivery.OnMyBehalf,
        To = sms.To,
        ForMobileDevice = sms.ForMobileDevice ?? false,
        Platform = ToPlatform(sms.Platform),
        Language = sms.Language,
    };

    private static DevicePlatform? ToPlatform(string? name) =>
        name is null ? null : DevicePlatforms.TryParse(name, out var known) ? known : (DevicePlatform)None;
}
