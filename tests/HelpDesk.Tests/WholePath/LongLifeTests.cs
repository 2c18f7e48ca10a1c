using Rescue.Sessions.Testing;

namespace HelpDesk.Tests.WholePath;

/// <summary>One long and eventful session with the real applet, on a clock that the test moves.</summary>
public sealed class LongLifeTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "applets", "linux", "RescueApplet");

    [Fact]
    public async Task Life_LongAndEventful_GoesAsTheTableSays()
    {
        await using var desk = new ClockedHelpDesk();
        var full = await desk.SignInAsync("full");
        var mobile = await desk.SignInAsync("mobile");
        var created = await ClockedHelpDesk.CreateAsync(full);
        var id = created.GetProperty("id").GetString()!;
        var applet = Run();
        await applet.ExpectAsync("Waiting for a technician");
        await DoAsync(full, "start", "active");
        await applet.ExpectAsync("Alice Martin has started");

        // The technician goes to lunch, and a colleague takes over.
        await DoAsync(full, "hold", "onHold");
        await applet.ExpectAsync("on hold");
        await DoAsync(full, "resume", "active");
        await DoAsync(full, "transfer", "transferring", new { to = "mobile" });
        await DoAsync(mobile, "transfer/decline", "active");
        await DoAsync(full, "transfer", "transferring", new { to = "mobile" });
        await DoAsync(mobile, "transfer/accept", "active");
        await applet.ExpectAsync("Ben Okafor has started");

        // The machine is restarted: the program is ended, and starts again with its instance.
        await DoAsync(mobile, "reboot", "rebooting");
        applet.Kill();
        await applet.ExitCodeAsync();
        desk.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await ClockedHelpDesk.ExpectStatusAsync(full, id, "offline");
        var second = Run();
        await second.ExpectAsync("Ben Okafor has started");
        await ClockedHelpDesk.ExpectStatusAsync(full, id, "active");

        // The network drops without a word, and comes back with the program.
        second.Kill();
        await second.ExitCodeAsync();
        desk.Advance(TimeSpan.FromMinutes(1));
        await ClockedHelpDesk.ExpectStatusAsync(full, id, "reconnecting");
        var third = Run();
        await third.ExpectAsync("Ben Okafor has started");
        await ClockedHelpDesk.ExpectStatusAsync(full, id, "active");

        await DoAsync(mobile, "close", "closed");
        (await third.ExitCodeAsync()).Should().Be(0);
        (await ClockedHelpDesk.ExpectStatusAsync(full, id, "closed")).GetProperty("endReason").GetString().Should().Be("byTechnician");

        ConsoleProcess Run() => desk.RunApplet(Program, desk.Folder, "--link", created.GetProperty("link").GetString()!);

        async Task DoAsync(HttpClient technician, string verb, string status, object? body = null) =>
            (await ClockedHelpDesk.DoAsync(technician, id, verb, body)).Should().Be(status);
    }
}
