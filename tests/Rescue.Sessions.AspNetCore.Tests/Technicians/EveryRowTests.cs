using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Lifecycle;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>Drives every row of the life table through HTTP: brings a session into the row's status, lets the trigger happen, and looks where it led.</summary>
public sealed class EveryRowTests : IAsyncDisposable
{
    private TestProduct product = null!;
    private JsonElement created;
    private string id = "";
    private string key = "";

    public static TheoryData<SessionStatus, SessionTrigger> Rows =>
        [.. SessionLifecycle.Transitions.Select(row => (row.From, row.Trigger))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_DrivenThroughHttp_LeadsWhereItSays(SessionStatus from, SessionTrigger trigger)
    {
        product = await TestProduct.StartAsync(options =>
        {
            options.Timeouts.Waiting = TimeSpan.FromHours(3);
            options.Timeouts.Transfer = TimeSpan.FromHours(1);
            options.Timeouts.ActiveIdle = trigger == SessionTrigger.TransferTimeOut ? TimeSpan.Zero : TimeSpan.FromMinutes(40);
            options.Timeouts.Silence = TimeSpan.FromMinutes(30);
            options.Technicians.AutoStart = trigger == SessionTrigger.AutoStart;
        });
        await BringToAsync(from, trigger);
        (await StatusAsync()).Should().Be(from);

        await HappenAsync(trigger);

        var row = SessionLifecycle.Find(from, trigger)!;
        (await StatusAsync()).Should().Be(row.To ?? SessionStatus.Active, "interruptions and offers began in an active session");
        var session = await product.Technician().GetJsonAsync($"/rescue/sessions/{id}");
        session.GetProperty("endReason").GetString().Should().BeEquivalentTo(row.End?.ToString());
        var last = session.GetProperty("history").EnumerateArray().Last(entry => entry.Text("kind") == "transition");
        last.Text("trigger").Should().BeEquivalentTo(trigger.ToString());
        last.Text("from").Should().BeEquivalentTo(from.ToString());
        last.Text("to").Should().BeEquivalentTo((row.To ?? SessionStatus.Active).ToString());
        last.Text("actor").Should().BeEquivalentTo(row.Actor.ToString());
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    private async Task BringToAsync(SessionStatus status, SessionTrigger next)
    {
        created = await product.Technician().CreateAsync();
        id = created.Text("id");
        if (status == SessionStatus.Connecting && next is SessionTrigger.Join or SessionTrigger.Expire)
            return;
        await JoinAsync();
        if (status == SessionStatus.Connecting)
            return;
        await AppletAsync("ready");
        if (status == SessionStatus.Waiting)
            return;
        await TechnicianAsync("start");
        switch (status)
        {
            case SessionStatus.OnHold:
                await TechnicianAsync("hold");
                break;
            case SessionStatus.Transferring:
                await HappenAsync(SessionTrigger.Transfer);
                break;
            case SessionStatus.Rebooting:
                await TechnicianAsync("reboot");
                break;
            case SessionStatus.Reconnecting:
                await product.PassAsync(TimeSpan.FromMinutes(30));
                break;
            case SessionStatus.Offline:
                await product.PassAsync(TimeSpan.FromMinutes(30));
                await product.PassAsync(TimeSpan.FromMinutes(5));
                break;
            case SessionStatus.TimedOut:
                await PassAliveAsync(TimeSpan.FromMinutes(40));
                break;
        }
    }

    private Task HappenAsync(SessionTrigger trigger) => trigger switch
    {
        SessionTrigger.Join => JoinAsync(),
        SessionTrigger.Ready => AppletAsync("ready"),
        SessionTrigger.AutoStart => AppletAsync("ready"),
        SessionTrigger.Start => TechnicianAsync("start"),
        SessionTrigger.Hold => TechnicianAsync("hold"),
        SessionTrigger.Resume => TechnicianAsync("resume"),
        SessionTrigger.Transfer => product.Technician().PostAsync($"/rescue/sessions/{id}/transfer", new { to = "bob" }, HttpStatusCode.OK),
        SessionTrigger.AcceptTransfer => TechnicianAsync("transfer/accept", "bob"),
        SessionTrigger.DeclineTransfer => TechnicianAsync("transfer/decline", "bob"),
        SessionTrigger.TakeBackTransfer => TechnicianAsync("transfer/takeBack"),
        SessionTrigger.TransferTimeOut => PassAliveAsync(TimeSpan.FromHours(1)),
        SessionTrigger.Reboot => TechnicianAsync("reboot"),
        SessionTrigger.LoseConnection => product.PassAsync(TimeSpan.FromMinutes(30)),
        SessionTrigger.GoOffline => product.PassAsync(TimeSpan.FromMinutes(5)),
        SessionTrigger.Return => AppletAsync("heartbeat"),
        SessionTrigger.IdleTimeOut => PassAliveAsync(TimeSpan.FromMinutes(40)),
        SessionTrigger.Close => TechnicianAsync("close"),
        SessionTrigger.Leave => AppletAsync("leave"),
        SessionTrigger.Decline => AppletAsync("decline"),
        SessionTrigger.Revoke => TechnicianAsync("revoke"),
        SessionTrigger.Expire => product.PassAsync(TimeSpan.FromMinutes(20)),
        SessionTrigger.ConnectingTimeOut => product.PassAsync(TimeSpan.FromMinutes(30)),
        SessionTrigger.WaitingTimeOut => PassAliveAsync(TimeSpan.FromHours(3)),
        SessionTrigger.HoldTimeOut => product.PassAsync(TimeSpan.FromDays(14)),
        SessionTrigger.Abort => product.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "alice").AsTask(),
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
