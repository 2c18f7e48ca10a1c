using System.Collections.Immutable;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Requests;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>A new session for a test, which names only what matters to it.</summary>
public sealed record Draft
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly TechnicianReference Ada = new("ada", "Ada Lovelace");

    public string Tenant { get; init; } = "tenant-" + Guid.NewGuid().ToString("N");

    public string CustomerName { get; init; } = "Grace Hopper";

    public string? Reference { get; init; }

    public string To { get; init; } = "grace@example.org";

    /// <summary>Who makes it; null for its customer, who asks for help.</summary>
    public TechnicianReference? CreatedBy { get; init; } = Ada;

    /// <summary>What the customer says who asks for help themselves.</summary>
    public CustomerRequest? Request { get; init; }

    public DateTimeOffset At { get; init; } = Morning;

    public TimeSpan Validity { get; init; } = TimeSpan.FromMinutes(20);

    public ImmutableArray<KeyedHash> Pin { get; init; } = [Hashes.New()];

    public ImmutableArray<KeyedHash> Token { get; init; } = [Hashes.New()];

    public SessionTimeouts Timeouts { get; init; } = Changes.Timeouts;

    public string? IdempotencyKey { get; init; }

    /// <summary>What the outbox messages hold, one each.</summary>
    public ImmutableArray<string> Messages { get; init; } = [];

    /// <summary>The Message-ID that the session knows its message by.</summary>
    public string? MessageId { get; init; }

    public SessionCreation Build()
    {
        var session = new Session
        {
            Id = SessionId.New(At), Tenant = Tenant, CustomerName = CustomerName, Reference = Reference, CreatedBy = CreatedBy, Request = Request, CreatedAt = At,
            StatusSince = At, ExpiresAt = Timeouts.Unjoined(At, At + Validity).At, Language = "fr-CH", TimeZone = "Europe/Zurich", Timeouts = Timeouts,
            Deadline = Timeouts.Unjoined(At, At + Validity),
            Invitation = Messages.IsEmpty ? null : new Invitation { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Queued, At = At, To = To, MessageId = MessageId },
        };
        var stored = new StoredSession
        {
            Session = session, Creator = CreatedBy is null ? null : new Technician(CreatedBy.Id, CreatedBy.Name) { Tenant = Tenant }, PinHashes = Pin, TokenHashes = Token, SealedCode = [1, 2, 3],
        };
        var created = new SessionEvent
        {
            Session = session.Id, Tenant = Tenant, At = At, Kind = SessionEventKind.Created, By = CreatedBy,
            Actor = CreatedBy is null ? SessionActor.Customer : SessionActor.Technician,
            From = SessionStatus.Connecting, To = SessionStatus.Connecting, Version = session.Version,
        };
        return new(stored, created, [.. Messages.Select(text => Message(session.Id, text, At))], IdempotencyKey);
    }

    public static OutboxMessage Message(SessionId session, string text, DateTimeOffset dueAt) =>
        new(Guid.CreateVersion7(dueAt), session, "test", System.Text.Encoding.UTF8.GetBytes(text), dueAt);
}
