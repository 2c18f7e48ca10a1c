using System.ComponentModel;
using System.Text.Json.Serialization;
using Rescue.Sessions.AspNetCore.Identities;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Technicians;

/// <summary>A session as technicians see it.</summary>
internal sealed record SessionView
{
    public required string Id { get; init; }

    public required SessionStatus Status { get; init; }

    [Description("The name or identifier that the technician gave.")]
    public required string CustomerName { get; init; }

    [Description("The host's own reference, such as a ticket number.")]
    public string? Reference { get; init; }

    [Description("The platform that the technician has set, or that the applet has told.")]
    public DevicePlatform? Platform { get; init; }

    [Description("Whether it takes the mobile add-on: it was made for a phone or tablet, or its customer is on one.")]
    public bool Mobile { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("Until when the code can be used.")]
    public required DateTimeOffset ExpiresAt { get; init; }

    [Description("Who has made it; nobody where the customer asked for help themselves.")]
    public required TechnicianView? CreatedBy { get; init; }

    [Description("What the customer said who asked for help themselves, without an invitation.")]
    public RequestView? Request { get; init; }

    [Description("Who has picked the customer up.")]
    public TechnicianView? Owner { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    [Description("Since when it has had its status.")]
    public required DateTimeOffset StatusSince { get; init; }

    [Description("What happens next by itself.")]
    public DeadlineView? Deadline { get; init; }

    [Description("Why it is closed.")]
    public SessionEnd? EndReason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [Description("The customer's computer, as the applet has told it.")]
    public string? HostName { get; init; }

    [Description("What the customer's side is.")]
    public AppletKind? Kind { get; init; }

    [Description("When the applet was last heard.")]
    public DateTimeOffset? LastSeenAt { get; init; }

    [Description("When somebody tried the code although it was used up or over.")]
    public DateTimeOffset? CodeTriedAt { get; init; }

    public InvitationView? Invitation { get; init; }

    [Description("What the session's status permits this technician; which rights it takes beside is in /rescue/me.")]
    public required IReadOnlyList<SessionTrigger> Permitted { get; init; }

    /// <summary>Counts the changes, so that a client can tell an older picture from a newer one, whichever arrives first.</summary>
    [Description("Counts the changes: of two pictures the one with the higher number is newer.")]
    public required long Version { get; init; }

    [Description("The offer to a colleague that waits for an answer.")]
    public TransferView? Transfer { get; init; }

    [Description("The host's own data.")]
    public CustomFields? Fields { get; init; }

    [Description("Who was invited beside the customer; null for nobody.")]
    public IReadOnlyList<GuestView>? Guests { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What the remote control attaches with; for the owner of an active session alone.")]
    public HandOverView? HandOver { get; init; }

    /// <summary>The PIN, to read out; only in the answer that made the session, and in that to who asks for it again while it is live.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The PIN, to read out.")]
    public string? Pin { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The link, to send by other means.")]
    public string? Link { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What has happened, oldest first; only in the answers about one session and about one customer.")]
    public IReadOnlyList<HistoryView>? History { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What else is stored of the customer; only in the answers about one customer.")]
    public StoredView? Stored { get; init; }

    public SessionView WithDraft(EmailDraft? draft) =>
        draft is null || Invitation is null ? this : this with { Invitation = Invitation.With(draft) };

    public static SessionView Of(Session session, Technician viewer, HandOverSecret? handOver = null) => new()
    {
        HandOver = handOver is null ? null : new(handOver.Text),
        Id = session.Id.ToString(),
        Version = session.Version,
        Status = session.Status,
        CustomerName = session.CustomerName,
        Reference = session.Reference,
        Platform = session.Platform,
        Mobile = session.ForMobileDevice || session.Platform?.IsMobile() == true,
        CreatedAt = session.CreatedAt,
        ExpiresAt = session.ExpiresAt,
        CreatedBy = session.CreatedBy is null ? null : TechnicianView.Of(session.CreatedBy),
        Request = session.Request is null ? null : new(session.Request.Topic, session.Request.Email),
        Owner = session.Owner is null ? null : TechnicianView.Of(session.Owner),
        StartedAt = session.StartedAt,
        StatusSince = session.StatusSince,
        Deadline = session.Deadline is { } deadline ? new(deadline.At, deadline.Trigger, session.AlarmLevel) : null,
        EndReason = session.End,
        EndedAt = session.Status == SessionStatus.Closed ? session.StatusSince : null,
        HostName = session.HostName,
        Kind = session.AppletKind,
        LastSeenAt = session.LastSeenAt,
        CodeTriedAt = session.CodeTriedAt,
        Invitation = InvitationView.Of(session),
        Permitted = SupportSessions.PermittedFor(viewer, session),
        Transfer = TransferView.Of(session.Offer, viewer),
        Fields = session.Fields,
        Guests = GuestView.Of(session, handOver),
    };
}
