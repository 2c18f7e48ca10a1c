using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Creating;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Invitations;

/// <summary>What is not sent takes nothing from the limits on sending.</summary>
public sealed class SendingLimitTests
{
    private static readonly NewSession Session = new("Grace Hopper") { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Limits { get; } = ["issue", "recipient", "distinct"];

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Create_ThatCannotBeWritten_TakesNothing(string limit)
    {
        using var desk = Desk(limit, 1);
        for (var times = 0; times < 3; times++)
            await FluentActions.Awaiting(async () => await desk.Invitations.CreateAsync(desk.Ada, Session, Unwritable, Cancellation)).Should().ThrowAsync<NotSupportedException>();

        (await desk.Invitations.CreateAsync(desk.Ada, Session, SupportDesk.Compose, Cancellation)).Should().BeOfType<CreateSessionResult.Created>();
        if (limit != "distinct")
            (await desk.Invitations.CreateAsync(desk.Ada, Session, SupportDesk.Compose, Cancellation)).Should().BeOfType<CreateSessionResult.Refused>("what is sent counts");
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Resend_ThatCannotBeWritten_TakesNothing(string limit)
    {
        using var desk = Desk(limit, 2);
        var (session, _) = await desk.InviteAsync();
        for (var times = 0; times < 3; times++)
        {
            await FluentActions.Awaiting(async () => await desk.Invitations.ResendAsync(desk.Ada, session.Id, Unwritable, cancellationToken: Cancellation))
                .Should().ThrowAsync<NotSupportedException>();
        }

        (await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose, cancellationToken: Cancellation)).Should().BeOfType<SessionResult.Done>();
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Resend_OfASessionThatChangedBefore_TakesNothing(string limit)
    {
        using var desk = Desk(limit, 3);
        var (revoked, _) = await desk.InviteAsync();
        var (session, _) = await desk.InviteAsync();

        var result = await desk.Invitations.ResendAsync(
            desk.Ada,
            revoked.Id,
            (current, link) =>
            {
                desk.Technicians.RevokeAsync(desk.Ada, current.Id, Cancellation).AsTask().IsCompletedSuccessfully.Should().BeTrue("all is in memory");
                return SupportDesk.Compose(current, link);
            },
            cancellationToken: Cancellation);

        result.Should().BeOfType<SessionResult.NotPermitted>().Which.Session.Status.Should().Be(SessionStatus.Closed);
        (await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose, cancellationToken: Cancellation)).Should().BeOfType<SessionResult.Done>();
    }

    [Fact]
    public async Task Create_OneTenantThatHasSpentAnAddress_KeepsNoOtherFromIt_AndAllTogetherHaveALimitToo()
    {
        using var desk = Desk("recipient", 2);

        var sent = new List<int>();
        for (var tenant = 0; tenant < 6; tenant++)
        {
            var technician = desk.Ada with { Tenant = $"tenant-{tenant}" };
            var results = new List<CreateSessionResult>();
            for (var times = 0; times < 3; times++)
                results.Add(await desk.Invitations.CreateAsync(technician, Session, SupportDesk.Compose, Cancellation));
            sent.Add(results.Count(result => result is CreateSessionResult.Created));
        }

        sent.Should().Equal(2, 2, 2, 2, 2, 0);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Create_ThatTheStoreCannotTake_TakesNothing(string limit)
    {
        var (store, probe) = StoreProbe.Create();
        using var desk = Desk(limit, 1, store);
        FailAt(probe, nameof(ISessionStore.CreateAsync));
        for (var times = 0; times < 3; times++)
            await FluentActions.Awaiting(async () => await desk.Invitations.CreateAsync(desk.Ada, Session, SupportDesk.Compose, Cancellation)).Should().ThrowAsync<SessionStoreException>();
        probe.Asked = null;

        (await desk.Invitations.CreateAsync(desk.Ada, Session, SupportDesk.Compose, Cancellation)).Should().BeOfType<CreateSessionResult.Created>();
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Resend_ThatTheStoreCannotTake_TakesNothing(string limit)
    {
        var (store, probe) = StoreProbe.Create();
        using var desk = Desk(limit, 2, store);
        var (session, _) = await desk.InviteAsync();
        FailAt(probe, nameof(ISessionStore.TransitionAsync));
        for (var times = 0; times < 3; times++)
        {
            await FluentActions.Awaiting(async () => await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose, cancellationToken: Cancellation))
                .Should().ThrowAsync<SessionStoreException>();
        }

        probe.Asked = null;

        (await desk.Invitations.ResendAsync(desk.Ada, session.Id, SupportDesk.Compose, cancellationToken: Cancellation)).Should().BeOfType<SessionResult.Done>();
    }

    private static void FailAt(StoreProbe probe, string member) =>
        probe.Asked = name => _ = name == member ? throw new SessionStoreException("It is full.") : name;

    private static SupportDesk Desk(string limit, int most, ISessionStore? store = null) => new(
        options =>
        {
            (options.Codes.IssueLimit, options.Invitations.RecipientLimit, options.Invitations.DistinctRecipients) =
                (limit == "issue" ? most : 0, limit == "recipient" ? most : 0, limit == "distinct" ? most : 0);
        },
        services =>
        {
            if (store is not null)
                services.AddSingleton(store);
        });

    private static ComposedInvitation Unwritable(Session session, ConnectionLink link) => throw new NotSupportedException();
}
