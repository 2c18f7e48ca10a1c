using System.Text.Json.Serialization;
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

    public required string CustomerName { get; init; }

    public string? Reference { get; init; }

    public DevicePlatform? Platform { get; init; }

    public bool Mobile { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required TechnicianView CreatedBy { get; init; }

    public TechnicianView? Owner { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset StatusSince { get; init; }

    public DeadlineView? Deadline { get; init; }

    public SessionEnd? EndReason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? HostName { get; init; }

    public AppletKind? Kind { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public DateTimeOffset? CodeTriedAt { get; init; }

    public InvitationView? Invitation { get; init; }

    public required IReadOnlyList<SessionTrigger> Permitted { get; init; }

    /// <summary>Counts the changes, so that a client can tell an older picture from a newer one, whichever arrives first.</summary>
    public required long Version { get; init; }

    public TransferView? Transfer { get; init; }

    public CustomFields? Fields { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HandOverView? HandOver { get; init; }

    /// <summary>The PIN, to read out; only in the answer that made the session, and in that to who asks for it again while it is live.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pin { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HistoryView>? History { get; init; }

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
        Mobile = session.ForMobileDevice,
        CreatedAt = session.CreatedAt,
        ExpiresAt = session.ExpiresAt,
        CreatedBy = TechnicianView.Of(session.CreatedBy),
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
        Permitted = SupportSessions.PermittedFor(session, viewer),
        Transfer = TransferView.Of(session.Offer, viewer),
        Fields = session.Fields,
    };
}
