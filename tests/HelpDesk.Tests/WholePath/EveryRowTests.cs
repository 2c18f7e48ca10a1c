using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Testing;

namespace HelpDesk.Tests.WholePath;

/// <summary>
/// Drives every row of the life table in which an applet takes part, with the program that a customer downloads and on a clock that the test
/// moves: brings a session into the row's status, lets the trigger happen, and finds the row in the session's history.
/// </summary>
/// <remarks>One class for each group of statuses, so that they run side by side.</remarks>
public abstract class EveryRowTests
{
    private const int Sigcont = 18;
    private const int Sigstop = 19;

    /// <summary>Rows in which no applet takes part, with the reason. They are driven through HTTP by the endpoints' own tests.</summary>
    private static readonly Dictionary<(SessionStatus, SessionTrigger), string> WithoutApplet = new()
    {
        [(SessionStatus.Connecting, SessionTrigger.Expire)] = "only a code that nobody has redeemed expires",
        [(SessionStatus.Connecting, SessionTrigger.Leave)] = "the program says that it is ready right after it has joined; before that it declines or is ended",
        [(SessionStatus.Rebooting, SessionTrigger.Leave)] = "a program that the restart of its machine ends does not leave",
    };

    public static TheoryData<SessionStatus, SessionTrigger> RowsFrom(params SessionStatus[] statuses) =>
    [
        .. SessionLifecycle.Transitions
            .Where(row => statuses.Contains(row.From) && !WithoutApplet.ContainsKey((row.From, row.Trigger)))
            .Select(row => (row.From, row.Trigger)),
    ];

    public sealed class ConnectingAndWaiting : EveryRowTests
    {
        public static TheoryData<SessionStatus, SessionTrigger> Rows => RowsFrom(SessionStatus.Connecting, SessionStatus.Waiting);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Row_WithTheRealApplet_HappensAsTheTableSays(SessionStatus from, SessionTrigger trigger) => RunAsync(from, trigger);
    }

    public sealed class ActiveAndOnHold : EveryRowTests
    {
        public static TheoryData<SessionStatus, SessionTrigger> Rows => RowsFrom(SessionStatus.Active, SessionStatus.OnHold, SessionStatus.TimedOut);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Row_WithTheRealApplet_HappensAsTheTableSays(SessionStatus from, SessionTrigger trigger) => RunAsync(from, trigger);
    }

    public sealed class Transferring : EveryRowTests
    {
        public static TheoryData<SessionStatus, SessionTrigger> Rows => RowsFrom(SessionStatus.Transferring, SessionStatus.Rebooting);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Row_WithTheRealApplet_HappensAsTheTableSays(SessionStatus from, SessionTrigger trigger) => RunAsync(from, trigger);
    }

    public sealed class Interrupted : EveryRowTests
    {
        public static TheoryData<SessionStatus, SessionTrigger> Rows => RowsFrom(SessionStatus.Reconnecting, SessionStatus.Offline);

        [Theory]
        [MemberData(nameof(Rows))]
        public Task Row_WithTheRealApplet_HappensAsTheTableSays(SessionStatus from, SessionTrigger trigger) => RunAsync(from, trigger);
    }

    protected static async Task RunAsync(SessionStatus from, SessionTrigger trigger)
    {
        await using var desk = await DeskOnAClock.StartAsync(from == SessionStatus.Connecting ? "We may see your screen." : null, options => Configure(options, from, trigger));
        var customer = await BringToAsync(desk, from);

        await HappenAsync(desk, customer, from, trigger);

        var row = SessionLifecycle.Find(from, trigger)!;
        var session = await desk.ExpectAsync(customer.Id, session => session.GetProperty("history").EnumerateArray().Any(entry =>
            Is(entry, "trigger", trigger) && Is(entry, "from", from) && Is(entry, "to", row.To ?? SessionStatus.Active) && Is(entry, "actor", row.Actor)));
        if (row.End is { } end)
        {
            Is(session, "endReason", end).Should().BeTrue();
            (await customer.Applet.ExitCodeAsync()).Should().Be(trigger == SessionTrigger.Decline ? 10 : 0);
        }
    }

    // Only the time-out that the row is about strikes.
    private static void Configure(RescueSessionsOptions options, SessionStatus from, SessionTrigger trigger)
    {
        options.Technicians.AutoStart = trigger == SessionTrigger.AutoStart;
        options.Timeouts.Transfer = TimeSpan.FromHours(1);
        var timer = SessionLifecycle.Find(from, trigger)!.Actor == SessionActor.Timer;
        if (timer || from == SessionStatus.TimedOut)
            options.Timeouts.Silence = TimeSpan.FromHours(1);
        if (trigger == SessionTrigger.WaitingTimeOut)
            options.Timeouts.Waiting = TimeSpan.FromMinutes(20);
        if (trigger == SessionTrigger.IdleTimeOut || from == SessionStatus.TimedOut)
            options.Timeouts.ActiveIdle = TimeSpan.FromMinutes(30);
        if (trigger == SessionTrigger.TransferTimeOut)
            options.Timeouts.Transfer = TimeSpan.FromMinutes(10);
        if (trigger == SessionTrigger.HoldTimeOut)
            options.Timeouts.Hold = TimeSpan.FromMinutes(40);
    }

    private static async Task<Customer> BringToAsync(DeskOnAClock desk, SessionStatus status)
    {
        var (id, program) = await desk.DownloadedAsync();
        var customer = new Customer(id, program, desk.Run(program));
        if (status == SessionStatus.Connecting)
        {
            await customer.Applet.ExpectAsync("We may see your screen");
            return customer;
        }

        await desk.ExpectStatusAsync(id, "waiting");
        if (status == SessionStatus.Waiting)
            return customer;
        await DeskOnAClock.DoAsync(desk.Full, id, "start");
        await customer.Applet.ExpectAsync("Alice Martin has started");
        switch (status)
        {
            case SessionStatus.OnHold:
                await DeskOnAClock.DoAsync(desk.Full, id, "hold");
                break;
            case SessionStatus.Transferring:
                await DeskOnAClock.DoAsync(desk.Full, id, "transfer", new { to = "mobile" });
                break;
            case SessionStatus.Rebooting:
                await DeskOnAClock.DoAsync(desk.Full, id, "reboot");
                break;
            case SessionStatus.Reconnecting or SessionStatus.Offline:
                customer.Freeze();
                desk.Time.Advance(TimeSpan.FromMinutes(1));
                await desk.ExpectStatusAsync(id, "reconnecting");
                if (status == SessionStatus.Offline)
                    desk.Time.Advance(TimeSpan.FromMinutes(5));
                break;
            case SessionStatus.TimedOut:
                desk.Time.Advance(TimeSpan.FromMinutes(30));
                break;
        }

        await desk.ExpectStatusAsync(id, JsonNamingPolicy.CamelCase.ConvertName(status.ToString()));
        return customer;
    }

    private static Task HappenAsync(DeskOnAClock desk, Customer customer, SessionStatus from, SessionTrigger trigger)
    {
        switch (trigger)
        {
            case SessionTrigger.Join when from == SessionStatus.Connecting:
                // It has, or its customer would not be asked to agree.
                return Task.CompletedTask;
            case SessionTrigger.Ready or SessionTrigger.AutoStart when from == SessionStatus.Connecting:
                return customer.Applet.WriteLineAsync("yes");
            case SessionTrigger.Decline:
                return customer.Applet.WriteLineAsync("no");
            case SessionTrigger.Join or SessionTrigger.Ready:
                return customer.StartAgainAsync(desk);
            case SessionTrigger.Return:
                customer.Thaw();
                return Task.CompletedTask;
            case SessionTrigger.Leave:
                customer.Applet.CloseInput();
                customer.Thaw();
                return Task.CompletedTask;
            case SessionTrigger.LoseConnection:
                customer.Freeze();
                desk.Time.Advance(TimeSpan.FromMinutes(1));
                return Task.CompletedTask;
            case SessionTrigger.GoOffline:
                customer.Freeze();
                desk.Time.Advance(TimeSpan.FromMinutes(5));
                return Task.CompletedTask;
            case SessionTrigger.WaitingTimeOut or SessionTrigger.IdleTimeOut or SessionTrigger.TransferTimeOut or SessionTrigger.HoldTimeOut
                or SessionTrigger.ConnectingTimeOut:
                desk.Time.Advance(TimeSpan.FromMinutes(45));
                return customer.AnswerTermsAsync(from);
            case SessionTrigger.Abort:
                return AbortAsync();
            case SessionTrigger.AcceptTransfer or SessionTrigger.DeclineTransfer:
                return DeskOnAClock.DoAsync(desk.Mobile, customer.Id, trigger == SessionTrigger.AcceptTransfer ? "transfer/accept" : "transfer/decline");
            case SessionTrigger.TakeBackTransfer:
                return DeskOnAClock.DoAsync(desk.Full, customer.Id, "transfer/takeBack");
            case SessionTrigger.Transfer:
                return DeskOnAClock.DoAsync(desk.Full, customer.Id, "transfer", new { to = "mobile" });
            default:
                return ByTechnicianAsync(trigger.ToString().ToLowerInvariant());
        }

        async Task AbortAsync()
        {
            await desk.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "full", TestContext.Current.CancellationToken);
            customer.Thaw();
            await customer.AnswerTermsAsync(from);
        }

        async Task ByTechnicianAsync(string verb)
        {
            await DeskOnAClock.DoAsync(desk.Full, customer.Id, verb);
            customer.Thaw();
            await customer.AnswerTermsAsync(from);
        }
    }

    private static bool Is<TEnum>(JsonElement element, string name, TEnum value)
        where TEnum : struct, Enum =>
        string.Equals(element.GetProperty(name).GetString(), value.ToString(), StringComparison.OrdinalIgnoreCase);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);

    /// <summary>A customer at their machine.</summary>
    private sealed class Customer(string id, string program, ConsoleProcess applet)
    {
        public string Id { get; } = id;

        public ConsoleProcess Applet { get; private set; } = applet;

        /// <summary>The machine goes on, but nothing comes from it any more: as when its network is lost.</summary>
        public void Freeze() => Signal(Applet.ProcessId, Sigstop).Should().Be(0);

        public void Thaw() => Signal(Applet.ProcessId, Sigcont).Should().Be(0);

        /// <summary>The program is ended without a word and started again, as by a restart of the machine.</summary>
        public async Task StartAgainAsync(DeskOnAClock desk)
        {
            Applet.Kill();
            await Applet.ExitCodeAsync();
            Applet = desk.Run(program);
        }

        /// <summary>A customer who still reads the terms learns of the end when they agree.</summary>
        public Task AnswerTermsAsync(SessionStatus status) => status == SessionStatus.Connecting ? Applet.WriteLineAsync("yes") : Task.CompletedTask;
    }
}
