using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;

namespace HelpDesk.Tests.WholePath;

/// <summary>The rest of a session's life with the real applet, on a clock that the test moves.</summary>
public sealed class LongLifeTests
{
    [Fact]
    public async Task Life_LongAndEventful_GoesAsTheTableSays()
    {
        await using var desk = await DeskOnAClock.StartAsync();
        var (id, applet, program) = await desk.WaitingAsync();
        await DeskOnAClock.DoAsync(desk.Full, id, "start");
        await desk.ExpectStatusAsync(id, "active");
        await applet.ExpectAsync("Alice Martin has started");

        // The technician goes to lunch, and a colleague takes over.
        await DeskOnAClock.DoAsync(desk.Full, id, "hold");
        await desk.ExpectStatusAsync(id, "onHold");
        await applet.ExpectAsync("hold|pause|later|moment");
        await DeskOnAClock.DoAsync(desk.Full, id, "resume");
        await desk.ExpectStatusAsync(id, "active");
        await DeskOnAClock.DoAsync(desk.Full, id, "transfer", new { to = "mobile" });
        await desk.ExpectStatusAsync(id, "transferring");
        await DeskOnAClock.DoAsync(desk.Mobile, id, "transfer/decline");
        await desk.ExpectStatusAsync(id, "active");
        await DeskOnAClock.DoAsync(desk.Full, id, "transfer", new { to = "mobile" });
        await DeskOnAClock.DoAsync(desk.Mobile, id, "transfer/accept");
        await desk.ExpectStatusAsync(id, "active");
        await applet.ExpectAsync("Ben Okafor has started");

        // The machine is restarted: the program is ended, and starts again with its instance.
        await DeskOnAClock.DoAsync(desk.Mobile, id, "reboot");
        await desk.ExpectStatusAsync(id, "rebooting");
        applet.Kill();
        await applet.ExitCodeAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await desk.ExpectStatusAsync(id, "offline");
        var second = desk.Run(program);
        await second.ExpectAsync("Ben Okafor has started");
        await desk.ExpectStatusAsync(id, "active");

        // The network drops without a word, and comes back with the program.
        second.Kill();
        await second.ExitCodeAsync();
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.ExpectStatusAsync(id, "reconnecting");
        var third = desk.Run(program);
        await third.ExpectAsync("Ben Okafor has started");
        await desk.ExpectStatusAsync(id, "active");

        await DeskOnAClock.DoAsync(desk.Mobile, id, "close");
        await desk.ExpectStatusAsync(id, "closed");
        (await third.ExitCodeAsync()).Should().Be(0);
        (await desk.SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("byTechnician");
    }

    [Fact]
    public async Task Waiting_CustomerGivesUp_IsByWaitingCustomer()
    {
        await using var desk = await DeskOnAClock.StartAsync();
        var (id, applet, _) = await desk.WaitingAsync();
        applet.CloseInput();
        (await applet.ExitCodeAsync()).Should().Be(0);

        (await desk.SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("byWaitingCustomer");
    }

    [Fact]
    public async Task Technician_Disabled_TheirSessionsAreAborted()
    {
        await using var desk = await DeskOnAClock.StartAsync();
        var (id, applet, _) = await desk.WaitingAsync();
        await DeskOnAClock.DoAsync(desk.Full, id, "start");
        await desk.ExpectStatusAsync(id, "active");

        (await desk.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "full", TestContext.Current.CancellationToken)).Should().Be(1);

        await applet.ExitCodeAsync();
        (await desk.SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("aborted");
    }

    [Fact]
    public async Task Terms_Declined_EndTheSession()
    {
        await using var desk = await DeskOnAClock.StartAsync(terms: "We may see your screen.");
        var (id, program) = await desk.DownloadedAsync();
        var applet = desk.Run(program);
        await applet.ExpectAsync("We may see your screen");
        await applet.WriteLineAsync("no");

        (await applet.ExitCodeAsync()).Should().Be(10);
        (await desk.SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("declined");
    }
}
