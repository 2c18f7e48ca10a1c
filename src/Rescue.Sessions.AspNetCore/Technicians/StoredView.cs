using System.ComponentModel;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>What is stored of a customer that no technician needs to see.</summary>
internal sealed record StoredView
{
    [Description("The customer's language.")]
    public string? Language { get; init; }

    [Description("The customer's time zone.")]
    public string? TimeZone { get; init; }

    [Description("When the code was used.")]
    public DateTimeOffset? JoinedAt { get; init; }

    [Description("Since when a customer who asked for help has waited, or when a technician last kept them waiting.")]
    public DateTimeOffset? WaitingSince { get; init; }

    [Description("The values of the host's own names for templates that the invitation was given.")]
    public IReadOnlyDictionary<string, string>? InvitationValues { get; init; }

    [Description("The Message-ID of the email that carried the link.")]
    public string? MessageId { get; init; }

    public static StoredView Of(Session session) => new()
    {
        Language = session.Language,
        TimeZone = session.TimeZone,
        JoinedAt = session.JoinedAt,
        WaitingSince = session.WaitingSince,
        InvitationValues = session.InvitationValues,
        MessageId = session.Invitation?.MessageId,
    };
}
