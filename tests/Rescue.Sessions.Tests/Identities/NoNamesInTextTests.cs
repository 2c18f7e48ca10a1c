using Rescue.Sessions.Colleagues;
using Rescue.Sessions.Fields;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Transfers;

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
        From = SessionStatus.Waiting, To = SessionStatus.Active,
    };

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
    ];

    public static TheoryData<string> Kinds => [.. Holders.Select(holder => holder.GetType().Name).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToString_OfWhatHoldsPeople_TellsNoNameAndNoAddress(string kind) =>
        Holders.Where(holder => holder.GetType().Name == kind).Select(holder => holder.ToString())
            .Should().OnlyContain(text => !text!.Contains("Grace", StringComparison.OrdinalIgnoreCase) && !text.Contains("Ada", StringComparison.OrdinalIgnoreCase));
}
