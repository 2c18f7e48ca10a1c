using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.WholePath;

/// <summary>The rest of a session's life with the real applet, on a clock that the test moves.</summary>
public sealed class LongLifeTests : IAsyncLifetime
{
    private ClockedHelpDesk desk = null!;
    private HttpClient full = null!;
    private HttpClient mobile = null!;

    [Fact]
    public async Task Life_LongAndEventful_GoesAsTheTableSays()
    {
        var (id, applet, program) = await WaitingAsync(full);
        await DoAsync(full, id, "start", "active");
        await applet.ExpectAsync("Alice Martin has started");

        // The technician goes to lunch, and a colleague takes over.
        await DoAsync(full, id, "hold", "onHold");
        await applet.ExpectAsync(@"Alice Martin has put the session on hold[^\n]*\z");
        await DoAsync(full, id, "resume", "active");
        await applet.ExpectAsync(@"Alice Martin has started[^\n]*\z");
        (await full.PostAsJsonAsync($"/rescue/sessions/{id}/transfer", new { to = "mobile" }, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
        await ExpectStatusAsync(id, "transferring");
        await applet.ExpectAsync(@"passed on to another technician[^\n]*\z");
        await DoAsync(mobile, id, "transfer/decline", "active");
        (await full.PostAsJsonAsync($"/rescue/sessions/{id}/transfer", new { to = "mobile" }, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
        await DoAsync(mobile, id, "transfer/accept", "active");
        await applet.ExpectAsync("Ben Okafor has started");

        // The machine is restarted: the program is ended, and starts again with its instance.
        await DoAsync(mobile, id, "reboot", "rebooting");
        applet.Kill();
        await applet.ExitCodeAsync();
        desk.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await ExpectStatusAsync(id, "offline");
        var second = Run(program);
        await second.ExpectAsync("Ben Okafor has started");
        await ExpectStatusAsync(id, "active");

        // The network drops without a word, and comes back with the program.
        second.Kill();
        await second.ExitCodeAsync();
        await desk.PassSilenceAsync(mobile, id);
        var third = Run(program);
        await third.ExpectAsync("Ben Okafor has started");
        await ExpectStatusAsync(id, "active");

        await DoAsync(mobile, id, "close", "closed");
        (await third.ExitCodeAsync()).Should().Be(0);
        (await SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("byTechnician");
    }

    [Fact]
    public async Task Waiting_CustomerGivesUp_IsByWaitingCustomer()
    {
        var (id, applet, _) = await WaitingAsync(full);
        applet.CloseInput();
        (await applet.ExitCodeAsync()).Should().Be(0);

        (await SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("byWaitingCustomer");
    }

    [Fact]
    public async Task Technician_Disabled_TheirSessionsAreAborted()
    {
        var (id, applet, _) = await WaitingAsync(full);
        await DoAsync(full, id, "start", "active");

        var admin = await desk.SignInAsync("admin");
        using var answer = await admin.PostAsync("/technicians/full/disable", null, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.Should().EndWith("ended=1");

        await applet.ExpectAsync(@"The session has ended[^\n]*\z");
        (await applet.ExitCodeAsync()).Should().Be(0);
        (await SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("aborted");
    }

    [Fact]
    public async Task Terms_Declined_EndTheSession()
    {
        await StartAsync("We may see your screen.");
        var (id, program) = await DownloadedAsync(full);
        var applet = Run(program);
        await applet.ExpectAsync("We may see your screen");
        await applet.WriteLineAsync("no");

        await applet.ExpectAsync("You have declined");
        (await applet.ExitCodeAsync()).Should().Be(10);
        (await SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("declined");
    }

    [Fact]
    public async Task Terms_DeclinedAfterARestart_LeaveTheSession()
    {
        await StartAsync("We may see your screen.");
        var (id, program) = await DownloadedAsync(full);
        var applet = Run(program);
        await applet.WriteLineAsync("yes");
        await applet.ExpectAsync("Waiting for a technician");
        await DoAsync(full, id, "reboot", "rebooting");
        applet.Kill();

        var second = Run(program);
        await second.ExpectAsync("We may see your screen");
        await second.WriteLineAsync("no");

        (await second.ExitCodeAsync()).Should().Be(10);
        (await SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("byWaitingCustomer");
    }

    public ValueTask InitializeAsync() => new(StartAsync(terms: null));

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task StartAsync(string? terms)
    {
        if (desk is not null)
            await desk.DisposeAsync();
        desk = new ClockedHelpDesk(terms);
        full = await desk.SignInAsync("full");
        mobile = await desk.SignInAsync("mobile");
    }

    private async Task<(string Id, string Program)> DownloadedAsync(HttpClient technician)
    {
        var created = await ClockedHelpDesk.CreateAsync(technician);
        var program = Directory.CreateDirectory(Path.Combine(desk.Folder, Path.GetRandomFileName())).FullName;
        var query = new Uri(created.GetProperty("link").GetString()!).Query;
        using var archive = new ZipArchive(new MemoryStream(await technician.GetByteArrayAsync("/Customer/applet/linux" + query, Cancelled)));
        archive.ExtractToDirectory(program);
        return (created.GetProperty("id").GetString()!, program);
    }

    private async Task<(string Id, ConsoleProcess Applet, string Program)> WaitingAsync(HttpClient technician)
    {
        var (id, program) = await DownloadedAsync(technician);
        var applet = Run(program);
        await applet.ExpectAsync("Waiting for a technician");
        return (id, applet, program);
    }

    private ConsoleProcess Run(string program) => desk.RunApplet(Path.Combine(program, "RescueApplet"), program);

    private static async Task DoAsync(HttpClient technician, string id, string verb, string status) =>
        (await ClockedHelpDesk.DoAsync(technician, id, verb)).Should().Be(status);

    private Task<JsonElement> SessionAsync(string id) => mobile.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", Cancelled);

    private Task<JsonElement> ExpectStatusAsync(string id, string status) => ClockedHelpDesk.ExpectStatusAsync(mobile, id, status);
}
