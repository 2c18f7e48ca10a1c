using System.Reflection;
using System.Runtime.CompilerServices;
using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Subscriptions;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Transfers;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Identities;

/// <summary>What holds names and addresses does not tell them when it is written into a log.</summary>
public sealed class NoNamesInTextTests
{
    private static readonly Technician Ada = new("t1", "Ada Lovelace") { Email = "ada@acme.example" };

    private static readonly Session Session = new()
    {
        Id = SessionId.New(SupportDesk.Morning), Tenant = "acme", CustomerName = "Grace Hopper", Reference = "Grace's laptop", CreatedBy = Ada.Reference, Owner = Ada.Reference,
        CreatedAt = SupportDesk.Morning, ExpiresAt = SupportDesk.Morning, StatusSince = SupportDesk.Morning, Timeouts = new(), HostName = "GRACE-PC",
        Offer = new(Ada.Reference, "t2", SupportDesk.Morning, SessionStatus.Active), Fields = new() { Field0 = "Grace" },
        InvitationValues = new Dictionary<string, string> { ["first"] = "Grace" },
        Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, State = InvitationState.Sent, At = SupportDesk.Morning, To = "grace@example.org" },
    };

    private static readonly SessionEvent Happened = new()
    {
        Session = Session.Id, Tenant = "acme", At = SupportDesk.Morning, Kind = SessionEventKind.Transition, Actor = SessionActor.Technician, By = Ada.Reference,
        From = SessionStatus.Waiting, To = SessionStatus.Active, Detail = "Grace",
    };

    private static readonly WebhookDelivery Delivery = new()
    {
        Webhook = "w1", Sequence = 1, Tenant = "acme", Session = Session.Id, Type = "session.started", Body = """{"customerName":"Grace"}""", CreatedAt = SupportDesk.Morning,
    };

    // What is written of a record that does not say what: ids, kinds and words of the library's own, and what an administrator or the host calls their own.
    private static readonly string[] Nobodys =
    [
        "FieldProblem.Field", "FieldProblem.Message", "ResourceFile.Path", "ResourceFile.Resource", "ResourceFile.Language", "WebhookTest.Problem", "Webhook.Id", "Webhook.Url",
        "Webhook.Description", "Webhook.DisabledReason", "WebhookChange.Url", "WebhookChange.Description", "WebhookAnswer.Problem", "DueWebhook.Webhook", "DueWebhook.Tenant",
        "WebhookOutcome.Problem", "StoredWebhook.Url", "StoredWebhook.Description", "StoredWebhook.DisabledReason", "StoredWebhook.Name", "TransferOffer.To", "Subscription.Name",
        "SubscriptionProgress.Name", "GuestProof.Guest", "IdempotencyKey.Tenant", "IdempotencyKey.Technician", "IdempotencyKey.Key", "InMemoryLease.Holder", "OutboxMessage.Kind",
        "SessionCreation.IdempotencyKey", "SessionEventQuery.Tenant", "SessionGuard.Tenant", "SessionGuard.Owner", "SessionGuard.OfferedBy", "SessionGuard.OfferedTo",
        "SessionGuard.BelongsTo", "SessionGuard.OpenTo", "MissingRight.DecidedBy", "OutboxOutcome.Reason", "FoundOrganization.Tenant", "ImageHeader.MediaType", "OrganizationQuery.Tenant",
        "OrganizationQuery.HostName", "DomainName.Unicode", "DomainName.Ascii", "Limit.Key", "InvitationAttempt.Reason", "InvitationAttempt.MessageId", "HealthPart.Name",
        "PinAttempt.Tenant", "FeedTopic.Tenant", "ComposedInvitation.Kind", "ReferenceRule.Example", "RequestRule.ReferenceExample", "Accepted.Reason", "Rejected.Reason",
        "Deferred.Reason", "NotSent.Reason", "Unknown.Reason",
    ];

    private static readonly SettingChange Saved = new() { Tenant = "acme", Name = "organization", Value = "grace@example.org", By = Ada.Reference, At = SupportDesk.Morning };

    private static readonly object[] Holders =
    [
        Session, Ada, Ada.Reference, Session.Offer!, Session.Fields!, Session.Invitation!, Happened, new SessionHistory([Happened]),
        new SessionResult.Done(Session), new SessionResult.AlreadyStarted(Session, Ada.Reference, SupportDesk.Morning),
        new CreateSessionResult.Created(Session, null, false), new CustomerExport.Found([new(Session, new([Happened]))]),
        new NewSession("Grace Hopper") { Reference = "Grace's laptop" }, new NewInvitation { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" },
        new Colleague("t1", "Ada Lovelace", TechnicianPresence.Busy, 1), new StoredTechnician("t1") { Name = "Ada Lovelace" },
        new StoredSession { Session = Session, Creator = Ada, PinHashes = [], TokenHashes = [] },
        new SessionQuery { Tenant = "acme", Search = "Grace", Customer = "grace@example.org" },
        new SessionErasure { EndedBefore = SupportDesk.Morning, Customer = "Grace Hopper", Limit = 1 },
        Saved, Saved.ToVersion(1), new OrganizationSettings { SenderAddress = "grace@example.org" },
        new FoundOrganization("acme", new() { ReplyTo = "ada@acme.example" }),
        Delivery, new WebhookClaim(Delivery, 1), new WebhookOutcome(new(Delivery, 1), SupportDesk.Morning, 200, null, null), new WebhookResult<WebhookDelivery>.Done(Delivery),
        new SessionChange { Kind = SessionEventKind.Transition, At = SupportDesk.Morning, Actor = SessionActor.Customer, HostName = "GRACE-PC", Detail = "Grace", Owner = Ada.Reference },
        new GuestChange { Id = "0123456789abcdef", JoinsAs = "Grace" },
        new HeldEvent { Subscription = "crm", Sequence = 1, Session = Session.Id, Tenant = "acme", HeldSince = SupportDesk.Morning, Problem = "InvalidOperationException: Grace" },
    ];

    public static TheoryData<string> Kinds => [.. Holders.Select(holder => holder.GetType().Name).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToString_OfWhatHoldsPeople_TellsNoNameAndNoAddress(string kind) =>
        Holders.Where(holder => holder.GetType().Name == kind).Select(holder => holder.ToString())
            .Should().OnlyContain(text => !text!.Contains("Grace", StringComparison.OrdinalIgnoreCase) && !text.Contains("Ada", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Record_ThatDoesNotSayWhatIsWrittenOfIt_HasNoTextOfPeople()
    {
        var written =
            from type in typeof(Session).Assembly.GetTypes()
            where type.GetMethod(nameof(ToString), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, [])?.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) == true
            from member in type.GetProperties()
            where member.PropertyType == typeof(string) || member.PropertyType == typeof(Uri)
            select $"{type.Name}.{member.Name}";

        // What holds a name, an address or somebody's words has a ToString of its own, as the ones above.
        written.Should().BeSubsetOf(Nobodys);
    }
}
