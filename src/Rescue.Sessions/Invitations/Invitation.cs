namespace Rescue.Sessions.Invitations;

/// <summary>The email or SMS that carries a session's link. An immutable snapshot.</summary>
public sealed record Invitation
{
    /// <summary>The transport.</summary>
    public required EmailDelivery Delivery { get; init; }

    /// <summary>How far the message itself has come; <see cref="Session.InvitationState"/> also knows what became of the session.</summary>
    public required InvitationState State { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What carries it; told by <see cref="To"/>, since a telephone number begins with a plus sign and has no <c>@</c>.</summary>
    public InvitationChannel Channel => To is ['+', ..] && !To.Contains('@', StringComparison.Ordinal) ? InvitationChannel.Sms : InvitationChannel.Email;

    /// <summary>The recipient's address, or telephone number as <see cref="PhoneNumber.Value"/>; null for a draft without one. Personal data.</summary>
    public string? To { get; init; }

    /// <summary>Why it was deferred, rejected or is unknown: the mail server's words without addresses. Null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether it waits for somebody to correct how this service sends, or for whoever carries it on to be reached, and is sent then if the code is still live;
    /// <see cref="Reason"/> says what stands in the way. Meanwhile a draft reaches the customer.
    /// </summary>
    public bool IsHeld { get; init; }

    /// <summary>
    /// The Message-ID of the message that carries the link (RFC 5322 section 3.6.4), without angle brackets, by which a bounce names it; null for a draft, which
    /// the technician's own mail program gives one.
    /// </summary>
    public string? MessageId { get; init; }

    /// <summary>Whether a message before this one may have reached the customer, so that an email says that it is sent again.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>How often sending was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>No name and no address, for it may come into a log.</summary>
    public override string ToString() => $"Invitation ({Delivery}, {State})";
}
