using Rescue.Sessions.Invitations;
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

    private static async Task<CreateSessionResult> InviteAsync(SupportDesk desk, Technician technician, string to) =>
        await desk.Invitations.CreateAsync(
            technician, new("Grace Hopper") { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = to } }, SupportDesk.Compose);
}
