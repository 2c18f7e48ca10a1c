namespace Rescue.Sessions.EntityFrameworkCore.Model;

/// <summary>
/// One session. What is searched, guarded or changed without the rest has a column; the whole is the document. Moments are UTC ticks, for
/// they must come back as they went in, which no database's own type promises.
/// </summary>
internal sealed class SessionRow
{
    public required byte[] Id { get; set; }

    public required string Tenant { get; set; }

    /// <summary>The <see cref="Lifecycle.SessionStatus"/> by name.</summary>
    public required string Status { get; set; }

    public long Version { get; set; }

    /// <summary>The technician who has made it; empty where its customer asked for help themselves.</summary>
    public required string CreatedBy { get; set; }

    public string? IdempotencyKey { get; set; }

    /// <summary>The technician to whom the session belongs: its owner or, before it has one, its maker; empty where it has neither.</summary>
    public required string BelongsTo { get; set; }

    /// <summary>The owner while the session counts against their capacity.</summary>
    public string? HeldBy { get; set; }

    /// <summary>The technician to whom the session is offered.</summary>
    public string? OfferedTo { get; set; }

    /// <summary>The <see cref="Normalization.NormalForm"/> of the customer's name.</summary>
    public required string Customer { get; set; }

    /// <summary>The <see cref="Normalization.NormalForm"/> of the recipient's address.</summary>
    public string? Recipient { get; set; }

    /// <summary>Name, reference and, where the customer has asked for help, its topic, in the form in which they are searched, a line each.</summary>
    public required string SearchText { get; set; }

    public long? DeadlineAt { get; set; }

    public long? AlarmAt { get; set; }

    public long? LastSeenAt { get; set; }

    /// <summary>From when on the applet counts as silent, in the statuses in which it is listened to.</summary>
    public long? SilentAt { get; set; }

    /// <summary>Until when the code can be redeemed; null once it cannot.</summary>
    public long? CodeLiveUntil { get; set; }

    public long? EndedAt { get; set; }

    public byte[]? AppletKey { get; set; }

    /// <summary>The <see cref="Stores.StoredSession"/> as JSON.</summary>
    public required string Document { get; set; }
}
