using System.ComponentModel;
using System.Text.Json.Serialization;
using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.AspNetCore.Technicians;

internal sealed record InvitationView
{
    [Description("How far it has come; a draft is never called sent.")]
    public required InvitationState State { get; init; }

    [Description("What carries it.")]
    public required InvitationChannel Channel { get; init; }

    [Description("The transport; onMyBehalf for an SMS.")]
    public required EmailDelivery Delivery { get; init; }

    [Description("The address, or the telephone number; null for a draft without one.")]
    public string? To { get; init; }

    [Description("Why it was not sent, or not yet.")]
    public string? Reason { get; init; }

    [Description("Whether it waits for somebody to correct how messages are sent, or for a server that is away; a draft reaches the customer meanwhile.")]
    public bool Held { get; init; }

    public DateTimeOffset At { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    [Description("How often sending was tried.")]
    public int? Attempts { get; init; }

    [Description("The draft as a mailto: address, only in the answer that made it; null where it does not fit.")]
    public string? Mailto { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The draft as a message's source, only in the answer that made it.")]
    public string? Eml { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The draft as plain text, only in the answer that made it.")]
    public string? Text { get; init; }

    public static InvitationView? Of(Session session) => session.Invitation is not { } invitation ? null : new()
    {
        State = session.InvitationState!.Value,
        Channel = invitation.Channel,
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
