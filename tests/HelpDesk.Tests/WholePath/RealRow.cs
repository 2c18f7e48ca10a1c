using System.Text.Json;
using System.Text.RegularExpressions;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.TestHost;
using static Rescue.Sessions.Lifecycle.SessionStatus;
using static Rescue.Sessions.Lifecycle.SessionTrigger;

namespace HelpDesk.Tests.WholePath;

/// <summary>
/// Drives a row of the life table through HTTP with the real applet: brings a session into the row's status, lets the trigger happen, looks
/// where it led and what the customer reads.
/// </summary>
internal sealed class RealRow : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "applets", "linux", "RescueApplet");
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Offline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(40);

    private readonly CustomerRow row;
    private readonly ClockedHelpDesk desk;
    private HttpClient full = null!;
    private HttpClient admin = null!;
    private ConsoleProcess? running;
    private string id = "";
    private string link = "";

    private RealRow(CustomerRow row)
    {
        this.row = row;
        desk = new ClockedHelpDesk("We may see your screen.", Settings(row));
    }

    private ConsoleProcess Applet => running ?? throw new InvalidOperationException("No applet has been started.");

    public static async Task DriveAsync(CustomerRow row)
    {
        await using var driven = new RealRow(row);
        await driven.DriveAsync();
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    // A time-out that is to strike an applet that is well must come before its heartbeat, which keeps to the real clock, is missed.
    private static (string Name, string Value)[] Settings(CustomerRow row)
    {
        return
        [
            ("Rescue:Timeouts:ActiveIdle", $"{Limit}"),
            ("Rescue:Timeouts:Connecting", $"{Limit}"),
            ("Rescue:Timeouts:Silence", $"{(row.From == TimedOut ? TimeSpan.FromHours(1) : Silence)}"),
            ("Rescue:Timeouts:Offline", $"{Offline}"),
            ("Rescue:Technicians:AutoStart", $"{row.Trigger == AutoStart}"),
        ];
    }

    private async Task DriveAsync()
    {
        await MakeSessionAsync();
        await BringAsync();
        await ClockedHelpDesk.ExpectStatusAsync(admin, id, Name(row.From));

        await HappenAsync();

        var session = await ClockedHelpDesk.ExpectAsync(admin, id, now => Last(now).GetProperty("trigger").ValueEquals(Name(row.Trigger)));
        session.GetProperty("status").GetString().Should().Be(Name(row.To));
        await ExpectCustomerKnowsAsync();
    }

    private async Task MakeSessionAsync()
    {
        full = await desk.SignInAsync("full");
        admin = await desk.SignInAsync("admin");
        var created = await ClockedHelpDesk.CreateAsync(full);
        id = created.GetProperty("id").GetString()!;
        link = created.GetProperty("link").GetString()!;
    }

    private async Task BringAsync()
    {
        if (row is { From: Connecting, Trigger: Join or Expire })
            return;
        await RunAsync();
        if (row.From == Connecting)
            return;
        await AgreeAsync();
        await ReadsAsync("Waiting for a technician");
        if (row.From == Waiting)
            return;
        await TechnicianAsync("start");
        await ReadsAsync("Alice Martin has started");
        switch (row.From)
        {
            case Rebooting:
                await TechnicianAsync("reboot");
                await ReadsAsync("restarting");
                Applet.Kill();
                break;
            case Reconnecting:
                await LoseConnectionAsync();
                break;
            case SessionStatus.Offline:
                await LoseConnectionAsync();
                desk.Advance(Offline);
                break;
            case TimedOut:
                desk.Advance(Limit);
                await ReadsAsync("Nothing has happened");
                break;
        }
    }

    private Task HappenAsync() => row.Trigger switch
    {
        Join => StartAgainAsync(),
        AutoStart => AgreeAsync(),
        Leave => LeaveAsync(),
        Close => TechnicianAsync("close"),
        Revoke => TechnicianAsync("revoke"),
        Return => Do(Applet.Continue),
        Expire or ConnectingTimeOut => Do(() => desk.Advance(Limit)),
        _ => throw new InvalidOperationException($"{row.Trigger} needs its way with the real applet here."),
    };

    private async Task ExpectCustomerKnowsAsync()
    {
        if (row.To == Closed && row.Trigger != Leave)
            await ComeToKnowAsync();
        await ReadsAsync(row.Words);
        if (row.ExitCode is { } code)
            (await Applet.ExitCodeAsync()).Should().Be(code);
    }

    // An applet that runs is told; the others learn of the end when the customer, the network or the machine lets them ask.
    private async Task ComeToKnowAsync()
    {
        switch (row.From)
        {
            case Connecting when row.Trigger == Expire:
            case Rebooting:
                running = Run();
                break;
            case Connecting:
                await AgreeAsync();
                break;
            case Reconnecting or SessionStatus.Offline:
                Applet.Continue();
                break;
        }
    }

    private ConsoleProcess Run() => desk.RunApplet(Program, desk.Folder, "--link", link);

    private async Task RunAsync()
    {
        running = Run();
        await Applet.ExpectAsync("We may see your screen");
        await ReadsAsync("Type \"yes\"");
    }

    private Task AgreeAsync() => Applet.WriteLineAsync("yes");

    private Task StartAgainAsync()
    {
        running?.Kill();
        return RunAsync();
    }

    // While the line is down nobody can leave: the customer starts the program anew and closes it at once.
    private async Task LeaveAsync()
    {
        if (row.From is Rebooting or Reconnecting or SessionStatus.Offline)
            await StartAgainAsync();
        Applet.Terminate();
    }

    private Task LoseConnectionAsync()
    {
        Applet.Suspend();
        return desk.PassSilenceAsync(admin, id);
    }

    private Task<string?> TechnicianAsync(string verb) => ClockedHelpDesk.DoAsync(full, id, verb);

    /// <summary>Waits until the last line the customer reads has the words.</summary>
    private Task<Match> ReadsAsync(string words) => Applet.ExpectAsync($@"{words}[^\n]*\z");

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static JsonElement Last(JsonElement session) => session.GetProperty("history").EnumerateArray()
        .LastOrDefault(entry => entry.GetProperty("kind").ValueEquals("transition"), Nothing);

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { trigger = "" });

    private static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
