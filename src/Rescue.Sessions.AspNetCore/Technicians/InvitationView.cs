using System.Text.Json.Serialization;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record InvitationView
{
    public required InvitationState State { get; init; }

    public required EmailDelivery Delivery { get; init; }

    public string? To { get; init; }

    public string? Reason { get; init; }

    /// <summary>Whether it waits for somebody to correct how mail is sent; a draft reaches the customer meanwhile.</summary>
    public bool Held { get; init; }

    public DateTimeOffset At { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public int? Attempts { get; init; }

    /// <summary>The draft, in three forms; only in the answer that made it. The first is null when it does not fit.</summary>
    public string? Mailto { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Eml { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    public static InvitationView? Of(Session session) => session.Invitation is not { } invitation ? null : new()
    {
        State = session.InvitationState!.Value,
        Delivery = invitation.Delivery,
        To = invitation.To,
        Reason = invitation.Reason,
        Held = invitation.IsHeld && session.InvitationState == InvitationState.Deferred,
        At = invitation.At,
        Language = session.Language,
        TimeZone = session.TimeZone,
        Attempts = invitation.Attempts > 0 ? invitation.Attempts : null,
    };

    public InvitationView With(EmailDraft draft) => this with { Mailto = draft.Mailto, Eml = draft.Eml, Text = draft.Text };
}
