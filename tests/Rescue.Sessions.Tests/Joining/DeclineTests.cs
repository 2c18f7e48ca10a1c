using System.Net;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Joining;

/// <summary>Customers who did not ask for help.</summary>
public sealed class DeclineTests : IDisposable
{
    private readonly SupportDesk desk = new(options => options.Guessing.PerAddress = 2);

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decline_LiveCode_EndsTheSession_AndItsHistorySaysWhy(bool byLink)
    {
        var (session, link) = await desk.CreateAsync();

        var result = await DeclineAsync(link, byLink);

        result.Should().BeOfType<DeclineResult.Declined>().Which.Session.Should().Match<Session>(
            declined => declined.Id == session.Id && declined.Status == SessionStatus.Closed && declined.End == SessionEnd.Declined);
        var history = (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History;
        history.Events[^1].Should().Match<SessionEvent>(happened =>
            happened.Trigger == SessionTrigger.Decline && happened.Actor == SessionActor.Customer && happened.Detail == CustomerSessions.NotAskedFor);
    }

    [Theory]
    [InlineData("used", JoinRefusal.AlreadyUsed)]
    [InlineData("expired", JoinRefusal.Expired)]
    [InlineData("revoked", JoinRefusal.Revoked)]
    [InlineData("declined", JoinRefusal.Ended)]
    public async Task Decline_ByLink_OfACodeThatIsOver_SaysWhy_AndChangesNothing(string kind, JoinRefusal reason)
    {
        var (session, link) = await desk.CreateAsync();
        if (kind == "used")
            await desk.JoinAsync(link, "customer");
        if (kind == "expired")
            desk.Time.Advance(TimeSpan.FromMinutes(20));
        if (kind == "revoked")
            await desk.Technicians.RevokeAsync(desk.Ada, session.Id);
        if (kind == "declined")
            await DeclineAsync(link, byLink: true);
        var before = (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.Session;

        var result = await DeclineAsync(link, byLink: true);

        result.Should().BeOfType<DeclineResult.BadCode>().Which.Reason.Should().Be(reason);
        (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.Session.Should().Be(before);
    }

    [Fact]
    public async Task Decline_TokenWithThePinOfAnother_IsInvalid()
    {
        var (_, one) = await desk.CreateAsync();
        var (session, two) = await desk.CreateAsync();

        (await desk.Customers.DeclineAsync(two.Token!, one.Pin)).Should().Be(new DeclineResult.BadCode(JoinRefusal.Invalid, null));
        (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.Session.Status.Should().Be(SessionStatus.Connecting);
    }

    [Fact]
    public async Task Decline_TypedPins_AreCountedLikeThoseOfJoining_AndARightOneCostsNothing()
    {
        var (_, live) = await desk.CreateAsync();
        var (_, another) = await desk.CreateAsync();
        var wrong = PinCode.Parse(live.Pin.Digits == "000000" || another.Pin.Digits == "000000" ? "000001" : "000000");

        (await DeclineAsync(live, byLink: false)).Should().BeOfType<DeclineResult.Declined>();
        (await desk.Customers.DeclineAsync(Attempt(wrong))).Should().BeOfType<DeclineResult.BadCode>();
        (await desk.Customers.JoinAsync(Attempt(wrong), "guesser")).Should().BeOfType<JoinResult.BadCode>();

        (await DeclineAsync(another, byLink: false)).Should().BeOfType<DeclineResult.Refused>();
        (await DeclineAsync(another, byLink: true)).Should().BeOfType<DeclineResult.Declined>();
    }

    [Fact]
    public async Task Decline_RacingWithAJoin_HasOneWinner()
    {
        var (session, link) = await desk.CreateAsync();

        var results = await Task.WhenAll(
            Task.Run(async () => await desk.Customers.JoinAsync(link.Token!, "customer") is JoinResult.Joined),
            Task.Run(async () => await DeclineAsync(link, byLink: true) is DeclineResult.Declined));

        results.Count(won => won).Should().Be(1);
        var now = (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.Session;
        (now.Status == SessionStatus.Closed).Should().Be(results[1]);
    }

    private async Task<DeclineResult> DeclineAsync(ConnectionLink link, bool byLink) => byLink
        ? await desk.Customers.DeclineAsync(link.Token!, link.Pin)
        : await desk.Customers.DeclineAsync(Attempt(link.Pin));

    private static PinAttempt Attempt(PinCode pin) => new(pin, IPAddress.Loopback);
}
