using Rescue.Sessions.Devices;

namespace Rescue.Sessions.Invitations;

/// <summary>How the link of a new session is to reach the customer.</summary>
public sealed record NewInvitation
{
    /// <summary>What carries it; an email by default. Set an <see cref="InvitationChannel.Sms"/> off by <c>SmsInvitations</c>.</summary>
    public InvitationChannel Channel { get; init; }

    /// <summary>The transport; <see cref="EmailDelivery.OnMyBehalf"/> for an SMS.</summary>
    public required EmailDelivery Delivery { get; init; }

    /// <summary>The customer's address, or telephone number with the code of its country; compulsory for <see cref="EmailDelivery.OnMyBehalf"/>.</summary>
    public string? To { get; init; }

    /// <summary>Whether the message is for a mobile device, which takes the mobile add-on.</summary>
    public bool ForMobileDevice { get; init; }

    /// <summary>The customer's platform where the technician knows it; null leaves it to detection.</summary>
    public DevicePlatform? Platform { get; init; }

    /// <summary>The message's language as a BCP 47 tag; null for the default.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// The customer's time zone as an IANA id such as <c>Europe/Paris</c>, in which the message says until when the link is valid; null for
    /// the organisation's.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// Values of the host's own names for templates, by name such as <c>ticket.url</c>; null for none. At most 64, each of at most 2,048 characters
    /// without line breaks. They stay with the session, for a message that is sent again.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>Whether sending takes the mobile add-on.</summary>
    internal bool NeedsMobileAddOn => ForMobileDevice || Platform?.IsMobile() == true;

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"NewInvitation ({Delivery})";
}
