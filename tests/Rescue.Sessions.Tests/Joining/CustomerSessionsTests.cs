using System.Net;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Guessing;
using Rescue.Sessions.Joining;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Joining;

public sealed class CustomerSessionsTests : IDisposable
{
    private readonly SupportDesk desk = new(options => (options.Guessing.PerAddress, options.Timeouts.Waiting) = (0, TimeSpan.FromMinutes(30)));

    private CustomerSessions Customers => desk.Customers;

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task Join_ByLink_RedeemsTheCode()
    {
        var (session, link) = await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(3));

        var joined = await desk.JoinAsync(link, "applet-1");

        joined.Session.Id.Should().Be(session.Id);
        joined.Session.Status.Should().Be(SessionStatus.Connecting);
        joined.Session.JoinedAt.Should().Be(SupportDesk.Morning.AddMinutes(3));
        (await desk.Applets.FindAsync(session.Id, joined.Key)).Should().BeOfType<AppletResult.Done>();
    }

    [Fact]
    public async Task Join_ByPin_RedeemsTheCode()
    {
        var (session, link) = await desk.CreateAsync();

        var joined = await Customers.JoinAsync(Attempt(link.Pin), "applet-1");

        joined.Should().BeOfType<JoinResult.Joined>().Which.Session.Id.Should().Be(session.Id);
    }

    [Fact]
    public async Task Join_SameInstanceAgain_GetsANewKeyAndTheOldOneIsDead()
    {
        var (session, link) = await desk.CreateAsync();
        var first = await desk.JoinAsync(link, "applet-1");

        var second = await desk.JoinAsync(link, "applet-1");
        var third = (JoinResult.Joined)await Customers.JoinAsync(Attempt(link.Pin), "applet-1");

        foreach (var dead in (AppletKey[])[first.Key, second.Key])
        {
            (await desk.Applets.FindAsync(session.Id, dead)).Should().BeOfType<AppletResult.UnknownKey>();
            (await desk.Applets.HeartbeatAsync(session.Id, dead)).Should().BeOfType<AppletResult.UnknownKey>();
            (await desk.Applets.ReadyAsync(session.Id, dead, null, null)).Should().BeOfType<AppletResult.UnknownKey>();
            (await desk.Applets.LeaveAsync(session.Id, dead)).Should().BeOfType<AppletResult.UnknownKey>();
        }

        (await desk.Applets.ReadyAsync(session.Id, third.Key, null, null)).Should().BeOfType<AppletResult.Done>();
    }

    [Fact]
    public async Task Join_SameInstanceInAnActiveSession_LeavesItActive()
    {
        var (id, link, _) = await desk.WaitingAsync();
        await desk.Technicians.StartAsync(desk.Ada, id);

        (await desk.JoinAsync(link, "applet-1")).Session.Status.Should().Be(SessionStatus.Active);
    }

    [Theory]
    [InlineData("applet-2")]
    [InlineData("APPLET-1")]
    [InlineData(null)]
    public async Task Join_OtherInstance_IsRefused(string? instance)
    {
        var (session, link) = await desk.CreateAsync();
        await desk.JoinAsync(link, "applet-1");

        (await Customers.JoinAsync(link.Token!, instance)).Should().Be(new JoinResult.BadCode(JoinRefusal.AlreadyUsed));
        (await desk.FindAsync(session.Id)).Version.Should().Be(2);
    }

    [Fact]
    public async Task Join_ManyInstancesAtOnce_HasOneWinner()
    {
        var (_, link) = await desk.CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await Customers.JoinAsync(link.Token!, $"applet-{i}"))));

        results.OfType<JoinResult.Joined>().Should().ContainSingle();
        results.Should().HaveCount(64).And.OnlyContain(r => r is JoinResult.Joined || r == new JoinResult.BadCode(JoinRefusal.AlreadyUsed));
    }

    [Theory]
    [InlineData("expired", JoinRefusal.Expired)]
    [InlineData("revoked", JoinRefusal.Revoked)]
    [InlineData("closed", JoinRefusal.Ended)]
    [InlineData("disabled", JoinRefusal.NoTechnician)]
    [InlineData("waited", JoinRefusal.NoTechnician)]
    [InlineData("used", JoinRefusal.AlreadyUsed)]
    [InlineData("made up", JoinRefusal.Invalid)]
    public async Task Join_LinkThatIsNoGood_SaysWhy(string state, JoinRefusal reason)
    {
        var link = await SpoiltAsync(state);

        (await Customers.JoinAsync(link.Token!, "applet-9")).Should().Be(new JoinResult.BadCode(reason));
        (await Customers.LookUpAsync(link.Token!, link.Pin)).Should().BeOfType<CodeLookup.BadCode>().Which.Reason.Should().Be(reason);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("closed")]
    [InlineData("used")]
    [InlineData("made up")]
    public async Task Join_PinThatIsNoGood_GetsOneAnswerWhateverIsWrong(string state)
    {
        var link = await SpoiltAsync(state);

        (await Customers.JoinAsync(Attempt(link.Pin), "applet-9")).Should().Be(new JoinResult.BadCode(JoinRefusal.Invalid));
        (await Customers.LookUpAsync(Attempt(link.Pin))).Should().Be(new CodeLookup.BadCode(JoinRefusal.Invalid, null));
    }

    [Fact]
    public async Task Join_AtTheVeryEndOfTheValidity_IsTooLate()
    {
        var (_, link) = await desk.CreateAsync();
        var (_, second) = await desk.CreateAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromTicks(1));
        (await Customers.JoinAsync(link.Token!, null)).Should().BeOfType<JoinResult.Joined>();
        desk.Time.Advance(TimeSpan.FromTicks(1));

        (await Customers.JoinAsync(second.Token!, null)).Should().Be(new JoinResult.BadCode(JoinRefusal.Expired));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Join_UnfitInstance_Throws(string instance)
    {
        var (_, link) = await desk.CreateAsync();

        var problem = CustomerSessions.ProblemOfInstance(instance);
        var refused = await Customers.Invoking(c => c.JoinAsync(link.Token!, instance).AsTask()).Should().ThrowAsync<ArgumentException>();

        problem.Should().Be("The instance must be 1 to 64 letters, digits, '_' or '-'.");
        refused.Which.Message.Should().StartWith(problem);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("_-aZ09")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task Join_FitInstance_ComesBackWithIt(string instance)
    {
        var (_, link) = await desk.CreateAsync();

        CustomerSessions.ProblemOfInstance(instance).Should().BeNull();
        (await Customers.JoinAsync(link.Token!, instance)).Should().BeOfType<JoinResult.Joined>();
        (await Customers.JoinAsync(link.Token!, instance)).Should().BeOfType<JoinResult.Joined>();
    }

    [Fact]
    public async Task LookUp_LiveCode_FindsItAndChangesNothing()
    {
        var (session, link) = await desk.CreateAsync();

        var byLink = await Customers.LookUpAsync(link.Token!, link.Pin);
        var byPin = await Customers.LookUpAsync(Attempt(link.Pin));

        foreach (var found in (CodeLookup[])[byLink, byPin])
        {
            var lookup = found.Should().BeOfType<CodeLookup.Found>().Subject;
            lookup.Session.Should().Be(session);
            lookup.Link.ToUri().Should().Be(link.ToUri());
        }

        (await desk.FindAsync(session.Id)).Should().Be(session);
        (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History.Events.Should().ContainSingle();
        (await Customers.JoinAsync(link.Token!, null)).Should().BeOfType<JoinResult.Joined>();
    }

    [Fact]
    public async Task LookUp_TokenWithAnotherPin_IsInvalid()
    {
        var (_, first) = await desk.CreateAsync();
        var (_, second) = await desk.CreateAsync();

        (await Customers.LookUpAsync(first.Token!, second.Pin)).Should().Be(new CodeLookup.BadCode(JoinRefusal.Invalid, null));
    }

    [Fact]
    public async Task Ready_AfterJoin_MakesTheCustomerWait()
    {
        var (session, link) = await desk.CreateAsync();
        var joined = await desk.JoinAsync(link);

        var ready = (AppletResult.Done)await desk.Applets.ReadyAsync(session.Id, joined.Key, "GRACE-PC", DevicePlatform.Linux);
        var again = (AppletResult.Done)await desk.Applets.ReadyAsync(session.Id, joined.Key, null, null);

        ready.Session.Should().Match<Session>(s => s.Status == SessionStatus.Waiting && s.HostName == "GRACE-PC" && s.Platform == DevicePlatform.Linux);
        again.Session.Should().Match<Session>(s => s.Status == SessionStatus.Waiting && s.HostName == "GRACE-PC" && s.StatusSince == ready.Session.StatusSince);
    }

    [Fact]
    public async Task Leave_Then_EverythingIsOver()
    {
        var (id, _, key) = await desk.WaitingAsync();

        (await desk.Applets.LeaveAsync(id, key)).Should().BeOfType<AppletResult.Done>().Which.Session.End.Should().Be(SessionEnd.ByWaitingCustomer);

        (await desk.Applets.HeartbeatAsync(id, key)).Should().BeOfType<AppletResult.Over>();
        (await desk.Applets.ReadyAsync(id, key, null, null)).Should().BeOfType<AppletResult.Over>();
        (await desk.Applets.FindAsync(id, key)).Should().BeOfType<AppletResult.Over>();
    }

    [Theory]
    [InlineData(SessionStatus.Reconnecting)]
    [InlineData(SessionStatus.Offline)]
    [InlineData(SessionStatus.Rebooting)]
    [InlineData(SessionStatus.Transferring)]
    public async Task Leave_WhereverTheyAre_IsByAWaitingCustomerUntilSomebodyHasPickedThemUp(SessionStatus status)
    {
        foreach (var isPickedUp in (bool[])[false, true])
        {
            var (id, _, key) = await desk.WaitingAsync();
            if (isPickedUp)
                await desk.Technicians.StartAsync(desk.Ada, id);
            await BringToAsync(id, status);
            (await desk.FindAsync(id)).Status.Should().Be(status);

            var left = await desk.Applets.LeaveAsync(id, key);

            left.Should().BeOfType<AppletResult.Done>().Which.Session.End.Should().Be(isPickedUp ? SessionEnd.ByCustomer : SessionEnd.ByWaitingCustomer);
        }
    }

    [Fact]
    public async Task Decline_BeforeReady_ClosesAndLaterIsNotPermitted()
    {
        var (session, link) = await desk.CreateAsync();
        var joined = await desk.JoinAsync(link);
        (await desk.Applets.DeclineAsync(session.Id, joined.Key)).Should().BeOfType<AppletResult.Done>().Which.Session.End.Should().Be(SessionEnd.Declined);

        var (id, _, key) = await desk.WaitingAsync();
        (await desk.Applets.DeclineAsync(id, key)).Should().BeOfType<AppletResult.NotPermitted>();
    }

    [Fact]
    public async Task Heartbeat_AfterTheTimeOutThatNobodyRecorded_IsOver()
    {
        using var strict = new SupportDesk(options => options.Timeouts.Waiting = TimeSpan.FromMinutes(5));
        var (id, _, key) = await strict.WaitingAsync();
        strict.Time.Advance(TimeSpan.FromMinutes(5));

        (await strict.Applets.HeartbeatAsync(id, key)).Should().BeOfType<AppletResult.Over>()
            .Which.Session.End.Should().Be(SessionEnd.WaitingTimedOut);
    }

    [Fact]
    public async Task Join_UsedCodeTried_ShowsToTheTechnicianAtMostOnceAMinute()
    {
        var (session, link) = await desk.CreateAsync();
        await desk.JoinAsync(link, "applet-1");

        await TryAsync();
        await TryAsync();
        (await TimesNotedAsync()).Should().Be(1);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await TryAsync();

        (await TimesNotedAsync()).Should().Be(2);
        (await desk.FindAsync(session.Id)).CodeTriedAt.Should().Be(SupportDesk.Morning.AddMinutes(1));

        async Task TryAsync()
        {
            await Customers.JoinAsync(Attempt(link.Pin), "applet-2");
            await desk.Get<TriedCodes>().RecordAsync(default);
        }

        async Task<int> TimesNotedAsync() =>
            (await desk.Directory.FindDetailsAsync(desk.Ada, session.Id))!.History.Events.Count(e => e.Kind == SessionEventKind.CodeTried);
    }

    [Fact]
    public async Task Join_MadeUpCodeTried_IsNotedNowhere()
    {
        await desk.CreateAsync();
        var before = await desk.Store.ReadLatestSequenceAsync();

        await Customers.JoinAsync(LinkToken.Generate(), null);
        await desk.Get<TriedCodes>().RecordAsync(default);

        (await desk.Store.ReadLatestSequenceAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Join_PinTriedBeforeItIsGivenToACustomer_IsNotNoted()
    {
        var (session, link) = await desk.CreateAsync();
        // What was tried is looked for later, and the PIN has been issued by then.
        desk.Get<TriedCodes>().Note(SessionSelector.ByPin(desk.Get<SessionSecrets>().Keys.Hash(link.Pin)));

        await desk.Get<TriedCodes>().RecordAsync(default);

        (await desk.FindAsync(session.Id)).CodeTriedAt.Should().BeNull();
    }

    private static PinAttempt Attempt(PinCode pin) => new(pin, IPAddress.Loopback);

    private async Task<ConnectionLink> SpoiltAsync(string state)
    {
        var (session, link) = await desk.CreateAsync();
        switch (state)
        {
            case "expired":
                desk.Time.Advance(TimeSpan.FromMinutes(20));
                break;
            case "revoked":
                await desk.Technicians.RevokeAsync(desk.Ada, session.Id);
                break;
            case "closed":
                await desk.Technicians.CloseAsync(desk.Ada, session.Id);
                break;
            case "disabled":
                await desk.Technicians.AbortAllAsync(session.Tenant, desk.Ada.Id);
                break;
            case "waited":
                var joined = await desk.JoinAsync(link, "applet-1");
                await desk.Applets.ReadyAsync(session.Id, joined.Key, null, null);
                desk.Time.Advance(TimeSpan.FromMinutes(30));
                break;
            case "used":
                await desk.JoinAsync(link, "applet-1");
                break;
            default:
                return new(link.BaseUri, PinCode.Parse(link.Pin.Digits == "000000" ? "000001" : "000000"), LinkToken.Generate());
        }

        return link;
    }

    private async Task BringToAsync(SessionId id, SessionStatus status)
    {
        switch (status)
        {
            case SessionStatus.Rebooting:
                await desk.Technicians.RebootAsync(desk.Ada, id);
                return;
            case SessionStatus.Transferring:
                await desk.Technicians.TransferAsync(desk.Ada, id, "alan");
                return;
        }

        desk.Time.Advance(TimeSpan.FromSeconds(45));
        await desk.Get<SilenceSweep>().RunAsync(default);
        if (status == SessionStatus.Reconnecting)
            return;
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        await desk.Get<OverdueSweep>().RunAsync(default);
    }
}
