using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Limits;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Invitations;

public sealed class DistinctRecipientTests
{
    [Fact]
    public async Task Create_MoreAddressesThanADayAllows_IsTooManyForNewOnesAlone()
    {
        using var desk = new SupportDesk(options => (options.Invitations.DistinctRecipients, options.Invitations.RecipientLimit) = (3, 0));
        foreach (var to in (string[])["a@b.example", "b@b.example", "c@b.example"])
            (await InviteAsync(desk, desk.Ada, to)).Should().BeOfType<CreateSessionResult.Created>();

        (await InviteAsync(desk, desk.Ada, "d@b.example")).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
        (await InviteAsync(desk, desk.Ada, "A@ｂ。example")).Should().BeOfType<CreateSessionResult.Created>("it was written to before, in another spelling");
        (await InviteAsync(desk, desk.Alan, "d@b.example")).Should().BeOfType<CreateSessionResult.Created>("it is another technician");

        desk.Time.Advance(TimeSpan.FromDays(2));
        (await InviteAsync(desk, desk.Ada, "d@b.example")).Should().BeOfType<CreateSessionResult.Created>();
    }

    [Fact]
    public async Task Create_OneAddressInTenSpellings_IsOneRecipient()
    {
        using var desk = new SupportDesk(options => options.Invitations.RecipientLimit = 3);
        var refused = 0;
        foreach (var to in (string[])["victim@b.example", "victim@b\u200B.example", "victim@b\u00AD.example", "victim@b。example", "victim@ｂ.example", "\"victim\"@b.example", "VICTIM@B.EXAMPLE"])
            refused += await InviteAsync(desk, desk.Ada, to) is CreateSessionResult.Refused { Reason: Refusal.TooMany } ? 1 : 0;

        refused.Should().Be(4);
    }

    [Fact]
    public async Task Create_RefusedForAnotherReason_DoesNotCountTheAddress()
    {
        using var desk = new SupportDesk(options => (options.Invitations.DistinctRecipients, options.Codes.IssueLimit) = (1, 1));
        (await InviteAsync(desk, desk.Ada, "a@b.example")).Should().BeOfType<CreateSessionResult.Created>();
        (await InviteAsync(desk, desk.Ada, "b@b.example")).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
        desk.Time.Advance(TimeSpan.FromMinutes(3));

        (await InviteAsync(desk, desk.Ada, "a@b.example")).Should().BeOfType<CreateSessionResult.Created>();
    }

    [Fact]
    public async Task Create_TwoAtOnceToANewAddress_DoNotTakeOneAnotherForItsAcquaintance()
    {
        var limits = new LimitProbe();
        using var desk = Desk(limits);
        (await InviteAsync(desk, desk.Ada, "a@b.example")).Should().BeOfType<CreateSessionResult.Created>();
        CreateSessionResult? other = null;
        limits.Taking = async taken =>
        {
            if (!taken.Any(limit => limit.Key.StartsWith("recipients:", StringComparison.Ordinal)))
                return;
            limits.Taking = null;
            other = await InviteAsync(desk, desk.Ada, "new@b.example");
        };

        (await InviteAsync(desk, desk.Ada, "new@b.example")).Should().BeOfType<CreateSessionResult.Refused>();

        other.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    [Fact]
    public async Task Create_TwoAtOnceToANewAddress_ThatHasTheLastPlace_AreBothMade()
    {
        var limits = new LimitProbe();
        using var desk = Desk(limits);
        limits.Taking = async _ =>
        {
            limits.Taking = null;
            await InviteAsync(desk, desk.Ada, "new@b.example");
        };

        (await InviteAsync(desk, desk.Ada, "new@b.example")).Should().BeOfType<CreateSessionResult.Created>("the other was first, and the address is known");
    }

    [Theory]
    [InlineData(typeof(SessionStoreException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Create_FailsWhileTheAddressIsCounted_LeavesItUnknown(Type failure)
    {
        var limits = new LimitProbe();
        using var desk = Desk(limits);
        (await InviteAsync(desk, desk.Ada, "a@b.example")).Should().BeOfType<CreateSessionResult.Created>();
        limits.Taking = taken => taken.Length == 1 ? Task.CompletedTask : Task.FromException((Exception)Activator.CreateInstance(failure, "Failed.", null)!);
        await FluentActions.Awaiting(() => InviteAsync(desk, desk.Ada, "new@b.example")).Should().ThrowAsync<Exception>();
        limits.Taking = null;

        (await InviteAsync(desk, desk.Ada, "new@b.example")).Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    private static SupportDesk Desk(LimitProbe limits) => new(
        options => (options.Invitations.DistinctRecipients, options.Invitations.RecipientLimit) = (1, 0), services => services.AddSingleton<ILimitStore>(limits));

    private static async Task<CreateSessionResult> InviteAsync(SupportDesk desk, Technician technician, string to) =>
        await desk.Invitations.CreateAsync(
            technician, new("Grace Hopper") { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = to } }, SupportDesk.Compose);
}
