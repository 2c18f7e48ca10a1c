using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Asking;
using Rescue.Sessions.Lifecycle;
using static Rescue.Sessions.Lifecycle.SessionActor;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Drives every row of the life table through HTTP: brings a session into the row's status, lets the trigger happen, and looks where it led.</summary>
public sealed class EveryRowTests : IAsyncDisposable
{
    private TestProduct product = null!;
    private JsonElement created;
    private string id = "";
    private string key = "";

    /// <summary>Where each row leads here, who causes it and how it ends: interruptions and offers begin in an active session, so that is where they lead back to.</summary>
    public static TheoryData<SessionStatus, SessionTrigger, SessionStatus, SessionActor, SessionEnd?> Rows { get; } = new()
    {
        { Connecting, Join, Connecting, Customer, null },
        { Connecting, Ready, Waiting, Customer, null },
        { Connecting, AutoStart, Active, Policy, null },
        { Connecting, Decline, Closed, Customer, SessionEnd.Declined },
        { Connecting, Leave, Closed, Customer, SessionEnd.ByWaitingCustomer },
        { Connecting, Revoke, Closed, SessionActor.Technician, SessionEnd.Revoked },
        { Connecting, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Connecting, Expire, Closed, SessionActor.Timer, SessionEnd.Expired },
        { Connecting, ConnectingTimeOut, Closed, SessionActor.Timer, SessionEnd.ConnectingTimedOut },
        { Connecting, Abort, Closed, Policy, SessionEnd.Aborted },

        { Waiting, Join, Waiting, Customer, null },
        { Waiting, Start, Active, SessionActor.Technician, null },
        { Waiting, Transfer, Transferring, SessionActor.Technician, null },
        { Waiting, Reboot, Rebooting, SessionActor.Technician, null },
        { Waiting, LoseConnection, Reconnecting, Network, null },
        { Waiting, Leave, Closed, Customer, SessionEnd.ByWaitingCustomer },
        { Waiting, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Waiting, Revoke, Closed, SessionActor.Technician, SessionEnd.Revoked },
        { Waiting, WaitingTimeOut, Closed, SessionActor.Timer, SessionEnd.WaitingTimedOut },
        { Waiting, Abort, Closed, Policy, SessionEnd.Aborted },

        { Active, Join, Active, Customer, null },
        { Active, Hold, OnHold, SessionActor.Technician, null },
        { Active, Transfer, Transferring, SessionActor.Technician, null },
        { Active, Reboot, Rebooting, SessionActor.Technician, null },
        { Active, LoseConnection, Reconnecting, Network, null },
        { Active, IdleTimeOut, TimedOut, SessionActor.Timer, null },
        { Active, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { Active, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Active, Abort, Closed, Policy, SessionEnd.Aborted },

        { OnHold, Join, OnHold, Customer, null },
        { OnHold, Start, Active, SessionActor.Technician, null },
        { OnHold, Resume, Active, SessionActor.Technician, null },
        { OnHold, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { OnHold, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { OnHold, HoldTimeOut, Closed, SessionActor.Timer, SessionEnd.HoldTimedOut },
        { OnHold, Abort, Closed, Policy, SessionEnd.Aborted },

        { Transferring, Join, Transferring, Customer, null },
        { Transferring, AcceptTransfer, Active, SessionActor.Technician, null },
        { Transferring, DeclineTransfer, Active, SessionActor.Technician, null },
        { Transferring, TakeBackTransfer, Active, SessionActor.Technician, null },
        { Transferring, TransferTimeOut, Active, SessionActor.Timer, null },
        { Transferring, Reboot, Rebooting, SessionActor.Technician, null },
        { Transferring, LoseConnection, Reconnecting, Network, null },
        { Transferring, IdleTimeOut, TimedOut, SessionActor.Timer, null },
        { Transferring, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { Transferring, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Transferring, Abort, Closed, Policy, SessionEnd.Aborted },

        { Rebooting, Join, Rebooting, Customer, null },
        { Rebooting, Ready, Active, Customer, null },
        { Rebooting, GoOffline, Offline, Network, null },
        { Rebooting, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { Rebooting, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Rebooting, Abort, Closed, Policy, SessionEnd.Aborted },

        { Reconnecting, Join, Reconnecting, Customer, null },
        { Reconnecting, Ready, Active, Customer, null },
        { Reconnecting, Return, Active, Network, null },
        { Reconnecting, GoOffline, Offline, Network, null },
        { Reconnecting, WaitingTimeOut, Closed, SessionActor.Timer, SessionEnd.WaitingTimedOut },
        { Reconnecting, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { Reconnecting, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Reconnecting, Abort, Closed, Policy, SessionEnd.Aborted },

        { Offline, Join, Offline, Customer, null },
        { Offline, Ready, Active, Customer, null },
        { Offline, Return, Active, Network, null },
        { Offline, WaitingTimeOut, Closed, SessionActor.Timer, SessionEnd.WaitingTimedOut },
        { Offline, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { Offline, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { Offline, Abort, Closed, Policy, SessionEnd.Aborted },

        { TimedOut, Join, TimedOut, Customer, null },
        { TimedOut, Leave, Closed, Customer, SessionEnd.ByCustomer },
        { TimedOut, Close, Closed, SessionActor.Technician, SessionEnd.ByTechnician },
        { TimedOut, Abort, Closed, Policy, SessionEnd.Aborted },
    };

    [Fact]
    public void Rows_AreThoseOfTheTable() => Rows.Select(row => (row.Data.Item1, row.Data.Item2))
        .Should().BeEquivalentTo(SessionLifecycle.Transitions.Select(row => (row.From, row.Trigger)));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_DrivenThroughHttp_LeadsWhereItSays(SessionStatus from, SessionTrigger trigger, SessionStatus to, SessionActor actor, SessionEnd? end)
    {
        product = await TestProduct.StartAsync(options =>
        {
            options.Timeouts.Waiting = TimeSpan.FromHours(3);
            options.Timeouts.Transfer = TimeSpan.FromHours(1);
            options.Timeouts.ActiveIdle = trigger == TransferTimeOut ? TimeSpan.Zero : TimeSpan.FromMinutes(40);
            options.Timeouts.Silence = TimeSpan.FromMinutes(30);
            options.Technicians.AutoStart = trigger == AutoStart;
            options.Requests.IsEnabled = true;
            options.Requests.Waiting = TimeSpan.FromMinutes(from == Reconnecting ? 32 : 40);
        });
        await BringToAsync(from, trigger);
        (await StatusAsync()).Should().Be(from);

        await (IsAskedFor(from, trigger) ? product.PassAsync(TimeSpan.FromMinutes(10)) : HappenAsync(trigger));

        (await StatusAsync()).Should().Be(to);
        var session = await product.Technician().GetJsonAsync($"/rescue/sessions/{id}");
        session.GetProperty("endReason").GetString().Should().BeEquivalentTo(end?.ToString());
        var last = session.GetProperty("history").EnumerateArray().Last(entry => entry.Text("kind") == "transition");
        last.Text("trigger").Should().BeEquivalentTo(trigger.ToString());
        last.Text("from").Should().BeEquivalentTo(from.ToString());
        last.Text("to").Should().BeEquivalentTo(to.ToString());
        last.Text("actor").Should().BeEquivalentTo(actor.ToString());
    }

    public ValueTask DisposeAsync() => product is null ? ValueTask.CompletedTask : product.DisposeAsync();

    private async Task BringToAsync(SessionStatus status, SessionTrigger next)
    {
        created = IsAskedFor(status, next) ? await AskAsync() : await product.Technician().CreateAsync();
        id = created.Text("id");
        if (status == Connecting && next is Join or Expire)
            return;
        await JoinAsync();
        if (status == Connecting)
            return;
        await AppletAsync("ready");
        if (status == Waiting)
            return;
        if (!IsAskedFor(status, next))
            await TechnicianAsync("start");
        switch (status)
        {
            case OnHold:
                await TechnicianAsync("hold");
                break;
            case Transferring:
                await HappenAsync(Transfer);
                break;
            case Rebooting:
                await TechnicianAsync("reboot");
                break;
            case Reconnecting:
                await product.PassAsync(TimeSpan.FromMinutes(30));
                break;
            case Offline:
                await product.PassAsync(TimeSpan.FromMinutes(30));
                await product.PassAsync(TimeSpan.FromMinutes(5));
                break;
            case TimedOut:
                await PassAliveAsync(TimeSpan.FromMinutes(40));
                break;
        }
    }

    // What nobody has taken on, and its customer has left alone.
    private static bool IsAskedFor(SessionStatus from, SessionTrigger trigger) => trigger == WaitingTimeOut && from is Reconnecting or Offline;

    private async Task<JsonElement> AskAsync()
    {
        var asked = (AskResult.Asked)await product.Services.GetRequiredService<CustomerRequests>().AskAsync(new("acme", "Ada", "The printer"));
        return JsonSerializer.SerializeToElement(new { id = asked.Session.Id.ToString(), link = asked.Link!.ToUri().AbsoluteUri });
    }

    private Task HappenAsync(SessionTrigger trigger) => trigger switch
    {
        Join => JoinAsync(),
        Ready => AppletAsync("ready"),
        AutoStart => AppletAsync("ready"),
        Start => TechnicianAsync("start"),
        Hold => TechnicianAsync("hold"),
        Resume => TechnicianAsync("resume"),
        Transfer => product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK),
        AcceptTransfer => TechnicianAsync("transfer/accept", "bob"),
        DeclineTransfer => TechnicianAsync("transfer/decline", "bob"),
        TakeBackTransfer => TechnicianAsync("transfer/takeBack"),
        TransferTimeOut => PassAliveAsync(TimeSpan.FromHours(1)),
        Reboot => TechnicianAsync("reboot"),
        LoseConnection => product.PassAsync(TimeSpan.FromMinutes(30)),
        GoOffline => product.PassAsync(TimeSpan.FromMinutes(5)),
        Return => AppletAsync("heartbeat"),
        IdleTimeOut => PassAliveAsync(TimeSpan.FromMinutes(40)),
        Close => TechnicianAsync("close"),
        Leave => AppletAsync("leave"),
        Decline => AppletAsync("decline"),
        Revoke => TechnicianAsync("revoke"),
        Expire => product.PassAsync(TimeSpan.FromMinutes(20)),
        ConnectingTimeOut => product.PassAsync(TimeSpan.FromMinutes(30)),
        WaitingTimeOut => PassAliveAsync(TimeSpan.FromHours(3)),
        HoldTimeOut => product.PassAsync(TimeSpan.FromDays(14)),
        Abort => product.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "alice").AsTask(),
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "A new trigger needs its way through HTTP here."),
    };

    private async Task<SessionStatus> StatusAsync() =>
        Enum.Parse<SessionStatus>((await product.Technician().GetJsonAsync($"/rescue/sessions/{id}")).Text("status"), ignoreCase: true);

    private async Task JoinAsync() => (_, key) = await product.Anyone.JoinAsync(created);

    private Task<JsonElement> AppletAsync(string verb) => product.Anyone.PostAsync($"/applet/{id}/{verb}", null, HttpStatusCode.OK, key);

    private Task<JsonElement> TechnicianAsync(string verb, string who = "alice") =>
        product.Technician(who).PostAsync($"/rescue/sessions/{id}/{verb}", null, HttpStatusCode.OK);

    // Long waits with an applet that goes on beating, so that nothing but the time-out strikes.
    private async Task PassAliveAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(20))
        {
            await AppletAsync("heartbeat");
            await product.PassAsync(left < TimeSpan.FromMinutes(20) ? left : TimeSpan.FromMinutes(20));
        }
    }
}
