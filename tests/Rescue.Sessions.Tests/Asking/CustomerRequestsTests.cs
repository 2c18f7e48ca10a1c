using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Codes;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Requests;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Asking;

public sealed class CustomerRequestsTests
{
    private static readonly NewCustomerRequest Printer = new(Technician.DefaultTenant, " Grace Hopper ", "The printer\r\n  prints nothing.");

    [Fact]
    public async Task Ask_NotOffered_MakesNothing()
    {
        using var desk = new SupportDesk();

        (await desk.Get<CustomerRequests>().AskAsync(Printer)).Should().BeOfType<AskResult.NotOffered>();
        desk.Get<CustomerRequests>().FindRule(Technician.DefaultTenant).Should().BeNull();
        (await desk.Directory.ListAsync(new() { Tenant = Technician.DefaultTenant })).Should().BeEmpty();
    }

    [Fact]
    public async Task Ask_Offered_IsASessionOfNobodysThatTellsWhatItIsAbout()
    {
        using var desk = Desk();

        var asked = await AskAsync(desk, Printer with { Language = "fr" });

        asked.Session.Should().BeEquivalentTo(new
        {
            CustomerName = "Grace Hopper", Request = new CustomerRequest("The printer prints nothing."), CreatedBy = (TechnicianReference?)null, Language = "fr",
            Status = SessionStatus.Connecting, Tenant = Technician.DefaultTenant,
        });
        var details = await desk.Directory.FindDetailsAsync(desk.Ada, asked.Session.Id);
        details!.History.Events.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Kind = SessionEventKind.Created, Actor = SessionActor.Customer, By = (TechnicianReference?)null });
        details.Link!.ToUri().Should().Be(asked.Link!.ToUri(), "a technician may help with it over the telephone");
    }

    [Fact]
    public async Task Ask_JoinedAndReady_WaitsUntilATechnicianOfTheTenantTakesIt()
    {
        using var desk = Desk();
        var asked = await AskAsync(desk, Printer);
        var joined = await desk.JoinAsync(asked.Link!);
        await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, "GRACE-PC", null);

        (await desk.Technicians.StartAsync(desk.Stranger, asked.Session.Id)).Should().BeOfType<SessionResult.NotFound>();
        (await desk.Technicians.StartAsync(desk.Ada with { Groups = [] }, asked.Session.Id)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>();
        var started = await desk.Technicians.StartAsync(desk.Ada, asked.Session.Id);

        started.Should().BeOfType<SessionResult.Done>().Which.Session.Should().BeEquivalentTo(new { Status = SessionStatus.Active, Owner = desk.Ada.Reference });
        (await desk.Technicians.StartAsync(desk.Alan, asked.Session.Id)).Should().BeOfType<SessionResult.AlreadyStarted>();
    }

    [Fact]
    public async Task Ask_AutoStart_WaitsAllTheSame()
    {
        using var desk = Desk(options => options.Technicians.AutoStart = true);
        var asked = await AskAsync(desk, Printer);
        var joined = await desk.JoinAsync(asked.Link!);

        await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, null);

        (await desk.FindAsync(asked.Session.Id)).Status.Should().Be(SessionStatus.Waiting, "nobody has made it who could begin");
    }

    [Fact]
    public async Task Ask_FromAPhone_TakesTheAddOnOfWhoeverTakesItUp()
    {
        using var desk = Desk(options => options.Permissions.Groups.Add(new() { Name = "desktops", Grants = [ConnectionRight.PrivateSessions] }));
        var asked = await AskAsync(desk, Printer);
        var joined = await desk.JoinAsync(asked.Link!);

        (await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, DevicePlatform.IOS)).Should().BeOfType<AppletResult.Done>();

        var refused = await desk.Technicians.StartAsync(desk.Alan with { Groups = ["desktops"] }, asked.Session.Id);
        refused.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>().Which.Decision.Missing.Should().ContainSingle().Which.Right.Should().Be(ConnectionRight.MobileAddOn);
        (await desk.Technicians.StartAsync(desk.Ada, asked.Session.Id)).Should().BeOfType<SessionResult.Done>();
    }

    [Fact]
    public async Task Ask_NobodyTakesItUp_EndsByItselfInTheTimeOfRequests()
    {
        using var desk = Desk(options =>
        {
            options.Requests.Waiting = TimeSpan.FromMinutes(7);
            options.Timeouts.Waiting = TimeSpan.FromMinutes(99);
        });
        var asked = await AskAsync(desk, Printer);
        var joined = await desk.JoinAsync(asked.Link!);
        await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, null);
        desk.Time.Advance(TimeSpan.FromMinutes(7) - TimeSpan.FromSeconds(1));
        (await desk.FindAsync(asked.Session.Id)).Status.Should().Be(SessionStatus.Waiting);

        desk.Time.Advance(TimeSpan.FromSeconds(1));

        (await desk.FindAsync(asked.Session.Id)).Should().BeEquivalentTo(new { Status = SessionStatus.Closed, End = SessionEnd.WaitingTimedOut });
    }

    [Theory]
    [InlineData(0, 60, 30)]
    [InlineData(0, 7, 30)]
    [InlineData(0, 0, 30)]
    [InlineData(45, 7, 45)]
    public async Task Ask_JoinedAndNeverReady_EndsAlsoWhereInvitationsConnectForEver(int connecting, int waiting, int expected)
    {
        using var desk = Desk(options =>
        {
            options.Timeouts.Connecting = TimeSpan.FromMinutes(connecting);
            options.Requests.Waiting = TimeSpan.FromMinutes(waiting);
        });
        var asked = await AskAsync(desk, Printer);
        await desk.JoinAsync(asked.Link!);
        await PassAsync(desk, TimeSpan.FromMinutes(expected) - TimeSpan.FromSeconds(1));
        (await desk.FindAsync(asked.Session.Id)).Status.Should().Be(SessionStatus.Connecting);

        await PassAsync(desk, TimeSpan.FromSeconds(1));

        (await desk.FindAsync(asked.Session.Id)).Should().BeEquivalentTo(new { Status = SessionStatus.Closed, End = SessionEnd.ConnectingTimedOut });
    }

    [Fact]
    public async Task Ask_GoneAndNeverBack_EndsInItsTimeAllTheSame()
    {
        using var desk = Desk();
        var (id, _) = await WaitingAsync(desk);
        await FallSilentAsync(desk);
        await PassAsync(desk, TimeSpan.FromMinutes(5));
        (await desk.FindAsync(id)).Status.Should().Be(SessionStatus.Offline);

        await PassAsync(desk, SupportDesk.Morning.AddMinutes(30) - desk.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        (await desk.FindAsync(id)).Status.Should().Be(SessionStatus.Offline);
        await PassAsync(desk, TimeSpan.FromSeconds(1));

        (await desk.FindAsync(id)).Should().BeEquivalentTo(new { Status = SessionStatus.Closed, End = SessionEnd.WaitingTimedOut, Interrupted = (SessionStatus?)null });
    }

    [Fact]
    public async Task Ask_ComesBack_WaitsForNoLonger()
    {
        using var desk = Desk();
        var (id, key) = await WaitingAsync(desk);
        foreach (var minutes in (int[])[10, 15])
        {
            await PassAsync(desk, TimeSpan.FromMinutes(minutes));
            await FallSilentAsync(desk);
            await desk.Applets.HeartbeatAsync(id, key);
        }

        (await desk.FindAsync(id)).Should().Match<Session>(session => session.Status == SessionStatus.Waiting
            && session.Deadline == new SessionDeadline(SupportDesk.Morning.AddMinutes(30), SessionTrigger.WaitingTimeOut));
        await FallSilentAsync(desk);
        await PassAsync(desk, SupportDesk.Morning.AddMinutes(30) - desk.Time.GetUtcNow());

        (await desk.FindAsync(id)).Should().BeEquivalentTo(new { Status = SessionStatus.Closed, End = SessionEnd.WaitingTimedOut, StatusSince = SupportDesk.Morning.AddMinutes(30) });
    }

    [Fact]
    public async Task Ask_OfferedAndGivenBackTooLate_EndsThen()
    {
        using var desk = Desk(options => options.Requests.Waiting = TimeSpan.FromMinutes(1));
        var (id, _) = await WaitingAsync(desk);
        await desk.Technicians.TransferAsync(desk.Ada, id, "alan");
        desk.Time.Advance(TimeSpan.FromSeconds(90));

        await desk.Technicians.TakeBackTransferAsync(desk.Ada, id);

        (await desk.FindAsync(id)).Should().BeEquivalentTo(new { Status = SessionStatus.Closed, End = SessionEnd.WaitingTimedOut, StatusSince = desk.Time.GetUtcNow() });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Ask_RestartedByATechnician_WaitsAnew(int minutesAway)
    {
        using var desk = Desk();
        var (id, key) = await WaitingAsync(desk);
        for (var i = 0; i < 29; i++)
        {
            await desk.Applets.HeartbeatAsync(id, key);
            await PassAsync(desk, TimeSpan.FromMinutes(1));
        }

        await desk.Technicians.RebootAsync(desk.Ada, id);
        await PassAsync(desk, TimeSpan.FromMinutes(minutesAway));
        await desk.Applets.ReadyAsync(id, key, "GRACE-PC", null);

        (await desk.FindAsync(id)).Should().Match<Session>(session => session.Status == SessionStatus.Waiting
            && session.Deadline == new SessionDeadline(SupportDesk.Morning.AddMinutes(29 + 30), SessionTrigger.WaitingTimeOut));
    }

    [Fact]
    public async Task Ask_TakenUpAndGone_IsTriedOnAndOn()
    {
        using var desk = Desk();
        var (id, _) = await WaitingAsync(desk);
        await desk.Technicians.StartAsync(desk.Ada, id);
        await FallSilentAsync(desk);
        await PassAsync(desk, TimeSpan.FromMinutes(5));

        (await desk.FindAsync(id)).Should().Match<Session>(session => session.Status == SessionStatus.Offline && session.Deadline == null);
    }

    [Theory]
    [InlineData("", "topic", "customerName")]
    [InlineData("Grace", " \r\n ", "topic")]
    [InlineData("Grace", "a\u202Eb", "topic")]
    [InlineData("Gr\nace", "topic", "customerName")]
    [InlineData("Grace", "topic", "email", "grace")]
    [InlineData("Grace", "topic", "email", "@b.org")]
    [InlineData("Grace", "topic", "email", "a@b@c.org")]
    [InlineData("Grace", "topic", "email", "a b@c.org")]
    [InlineData("Grace", "topic", "reference", null, "42")]
    [InlineData("Grace", "topic", "reference", null, null)]
    public async Task Ask_WrongInput_NamesTheFieldAndMakesNothing(string name, string topic, string field, string? email = null, string? reference = "INC-1")
    {
        using var desk = Desk(options =>
        {
            (options.Requests.Email, options.Requests.Reference) = (RequestField.Optional, RequestField.Required);
            options.References.Pattern = "INC-[0-9]+";
        });
        var request = Printer with { CustomerName = name, Topic = topic, Email = email, Reference = reference };

        var result = await desk.Get<CustomerRequests>().AskAsync(request);

        result.Should().BeOfType<AskResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle().Which.Field.Should().Be(field);
        desk.Get<CustomerRequests>().Validate(request).Should().ContainSingle();
        (await desk.Directory.ListAsync(new() { Tenant = request.Tenant })).Should().BeEmpty();
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task Ask_TopicOfLength_IsTakenUpToFiveHundred(int length, bool isTaken)
    {
        using var desk = Desk();

        (await desk.Get<CustomerRequests>().AskAsync(Printer with { Topic = new string('é', length) }) is AskResult.Asked).Should().Be(isTaken);
    }

    [Fact]
    public async Task Ask_WhatIsNotAskedFor_IsNotKept()
    {
        using var desk = Desk();

        var asked = await AskAsync(desk, Printer with { Email = "no address", Reference = "INC-1" });

        (asked.Session.Request!.Email, asked.Session.Reference).Should().Be((null, null));
    }

    [Fact]
    public async Task Ask_ReferencesAreCompulsory_BindsTechniciansAlone_AndNobodyLooksOneUpForStrangers()
    {
        using var desk = Desk(options =>
        {
            options.Requests.Reference = RequestField.Optional;
            options.References.IsRequired = true;
            options.References.Check = (_, _, _) => throw new InvalidOperationException("asked");
        });

        (await AskAsync(desk, Printer)).Session.Reference.Should().BeNull();
        (await AskAsync(desk, Printer with { Reference = "INC-1" })).Session.Reference.Should().Be("INC-1");
    }

    [Fact]
    public async Task Ask_TenantsOwnRule_HoldsInPlaceOfEverybodys()
    {
        using var desk = Desk(options => options.TenantRequests["closed"] = new());

        (await desk.Get<CustomerRequests>().AskAsync(Printer with { Tenant = "closed" })).Should().BeOfType<AskResult.NotOffered>();
        (await AskAsync(desk, Printer with { Tenant = "elsewhere" })).Session.Tenant.Should().Be("elsewhere");
        (await desk.Directory.ListAsync(desk.Stranger, new() { Tenant = "elsewhere" })).Should().ContainSingle();
        (await desk.Directory.ListAsync(desk.Ada, new() { Tenant = desk.Ada.Tenant })).Should().BeEmpty();
    }

    [Fact]
    public async Task Ask_TheSameForm_IsOneSessionWhoeverClicksTwice()
    {
        using var desk = Desk();
        var first = await AskAsync(desk, Printer with { Form = "form-1" });

        var again = await AskAsync(desk, Printer with { Form = "form-1" });
        var other = await AskAsync(desk, Printer with { Form = "form-2" });
        var changed = await AskAsync(desk, Printer with { Form = "form-1", Topic = "The screen" });
        var elsewhere = await AskAsync(desk, Printer with { Form = "form-1", Tenant = "elsewhere" });

        (again.Session.Id, again.Link!.ToUri(), again.IsRepeat).Should().Be((first.Session.Id, first.Link!.ToUri(), true));
        new[] { first, other, changed, elsewhere }.Select(asked => asked.Session.Id).Should().OnlyHaveUniqueItems();
        await desk.JoinAsync(first.Link!);
        (await AskAsync(desk, Printer with { Form = "form-1" })).Link.Should().BeNull("it was joined");
    }

    [Theory]
    [InlineData("address", 2)]
    [InlineData("tenant", 3)]
    [InlineData("overall", 4)]
    public async Task Ask_BudgetSpent_IsRefusedUntilItsWindowHasPassed(string spent, int most)
    {
        using var desk = Desk(options =>
        {
            options.RequestLimits.PerAddress = spent == "address" ? most : 0;
            options.RequestLimits.PerTenant = spent == "tenant" ? most : 0;
            options.RequestLimits.Overall = spent == "overall" ? most : 0;
        });
        for (var i = 0; i < most; i++)
        {
            var request = Printer with
            {
                Address = IPAddress.Parse(spent == "address" ? $"2001:db8::{i}" : $"203.0.113.{i}"), Tenant = spent == "overall" ? $"tenant{i}" : Printer.Tenant, Form = $"{i}",
            };
            await AskAsync(desk, request);
            (await AskAsync(desk, request)).IsRepeat.Should().BeTrue("a repeat takes nothing, and is answered when all is taken");
        }

        var refused = await desk.Get<CustomerRequests>().AskAsync(Printer with { Address = IPAddress.Parse("2001:db8::ff") });

        refused.Should().BeOfType<AskResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>().Which.RetryAfter.Should().BePositive();
        if (spent == "address")
            await AskAsync(desk, Printer with { Address = IPAddress.Parse("2001:db8:0:1::1") });
        desk.Time.Advance(TimeSpan.FromMinutes(20));
        await AskAsync(desk, Printer with { Address = IPAddress.Parse("2001:db8::ff") });
    }

    [Fact]
    public async Task Ask_WrongInput_TakesNothingFromTheBudget()
    {
        using var desk = Desk(options => options.RequestLimits.PerAddress = 1);
        for (var i = 0; i < 5; i++)
            await desk.Get<CustomerRequests>().AskAsync(Printer with { Topic = "" });

        await AskAsync(desk, Printer);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public async Task Ask_WhatTheStoreCannotTake_TakesNothingFromTheBudget(int perAddress, int perTenant, int overall)
    {
        var (store, probe) = StoreProbe.Create();
        using var desk = new SupportDesk(
            options =>
            {
                options.Requests.IsEnabled = true;
                (options.RequestLimits.PerAddress, options.RequestLimits.PerTenant, options.RequestLimits.Overall) = (perAddress, perTenant, overall);
            },
            services => services.AddSingleton(store));
        probe.Asked = name => _ = name == nameof(ISessionStore.CreateAsync) ? throw new SessionStoreException("It is full.") : name;
        for (var times = 0; times < 3; times++)
            await FluentActions.Awaiting(async () => await desk.Get<CustomerRequests>().AskAsync(Printer with { Form = "form" })).Should().ThrowAsync<SessionStoreException>();
        probe.Asked = null;

        (await AskAsync(desk, Printer with { Form = "form" })).IsRepeat.Should().BeFalse();
        (await desk.Get<CustomerRequests>().AskAsync(Printer with { Form = "another" })).Should().BeOfType<AskResult.Refused>("what is stored counts");
    }

    [Fact]
    public async Task Ask_GivenUpByItsCaller_Counts()
    {
        var (store, probe) = StoreProbe.Create();
        using var desk = new SupportDesk(
            options =>
            {
                options.Requests.IsEnabled = true;
                options.RequestLimits.PerAddress = 1;
            },
            services => services.AddSingleton(store));
        using var gone = new CancellationTokenSource();
        probe.Asked = name =>
        {
            if (name == nameof(ISessionStore.CreateAsync))
                gone.Cancel();
        };

        await FluentActions.Awaiting(async () => await desk.Get<CustomerRequests>().AskAsync(Printer, gone.Token)).Should().ThrowAsync<OperationCanceledException>();

        (await desk.Get<CustomerRequests>().AskAsync(Printer)).Should().BeOfType<AskResult.Refused>("whoever hangs up could go on for ever otherwise");
    }

    [Fact]
    public async Task Erase_Customer_TakesWhatTheyAskedFor()
    {
        using var desk = Desk(options => options.Requests.Email = RequestField.Required);
        var asked = await AskAsync(desk, Printer with { Email = "grace@example.org" });
        await desk.Technicians.CloseAsync(desk.Ada, asked.Session.Id);

        var exported = await desk.PersonalData.ExportAsync(desk.Ada, "GRACE@example.org");
        await desk.PersonalData.EraseAsync(desk.Ada, "grace@example.org");

        exported.Should().BeOfType<CustomerExport.Found>().Which.Sessions.Should().ContainSingle().Which.Session.Request!.Email.Should().Be("grace@example.org");
        (await desk.Directory.FindAsync(desk.Ada, asked.Session.Id)).Should().BeNull();
    }

    private static SupportDesk Desk(Action<RescueSessionsOptions>? configure = null) => new(options =>
    {
        options.Requests.IsEnabled = true;
        configure?.Invoke(options);
    });

    private static async Task<(SessionId Id, AppletKey Key)> WaitingAsync(SupportDesk desk)
    {
        var asked = await AskAsync(desk, Printer);
        var joined = await desk.JoinAsync(asked.Link!);
        await desk.Applets.ReadyAsync(asked.Session.Id, joined.Key, null, null);
        return (asked.Session.Id, joined.Key);
    }

    private static async Task FallSilentAsync(SupportDesk desk)
    {
        desk.Time.Advance(TimeSpan.FromSeconds(45));
        await desk.Get<SilenceSweep>().RunAsync(default);
    }

    private static async Task PassAsync(SupportDesk desk, TimeSpan time)
    {
        desk.Time.Advance(time);
        await desk.Get<OverdueSweep>().RunAsync(default);
    }

    private static async Task<AskResult.Asked> AskAsync(SupportDesk desk, NewCustomerRequest request) =>
        (await desk.Get<CustomerRequests>().AskAsync(request)).Should().BeOfType<AskResult.Asked>().Subject;
}
