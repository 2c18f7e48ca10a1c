using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.Testing;

namespace HelpDesk.Tests.WholePath;

/// <summary>The rest of a session's life with the real applet, on a clock that the test moves.</summary>
public sealed class LongLifeTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly List<ConsoleProcess> applets = [];
    private Factory desk = null!;
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
        await applet.ExpectAsync("hold|pause|later|moment");
        await DoAsync(full, id, "resume", "active");
        (await full.PostAsJsonAsync($"/rescue/sessions/{id}/transfer", new { to = "mobile" }, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
        await ExpectStatusAsync(id, "transferring");
        await DoAsync(mobile, id, "transfer/decline", "active");
        (await full.PostAsJsonAsync($"/rescue/sessions/{id}/transfer", new { to = "mobile" }, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
        await DoAsync(mobile, id, "transfer/accept", "active");
        await applet.ExpectAsync("Ben Okafor has started");

        // The machine is restarted: the program is ended, and starts again with its instance.
        await DoAsync(mobile, id, "reboot", "rebooting");
        applet.Kill();
        await applet.ExitCodeAsync();
        time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await ExpectStatusAsync(id, "offline");
        var second = Run(program);
        await second.ExpectAsync("Ben Okafor has started");
        await ExpectStatusAsync(id, "active");

        // The network drops without a word, and comes back with the program.
        second.Kill();
        await second.ExitCodeAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await ExpectStatusAsync(id, "reconnecting");
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

        (await desk.Services.GetRequiredService<SupportSessions>().AbortAllAsync("acme", "full", Cancelled)).Should().Be(1);

        await applet.ExitCodeAsync();
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

        (await applet.ExitCodeAsync()).Should().Be(10);
        (await SessionAsync(id)).GetProperty("endReason").GetString().Should().Be("declined");
    }

    public ValueTask InitializeAsync() => new(StartAsync(terms: null));

    public async ValueTask DisposeAsync()
    {
        foreach (var applet in applets)
            await applet.DisposeAsync();
        await StopAsync();
        folder.Dispose();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task StartAsync(string? terms)
    {
        await StopAsync();
        desk = new Factory(time, folder.Path, terms);
        desk.UseKestrel(0);
        desk.StartServer();
        full = await SignInAsync("full");
        mobile = await SignInAsync("mobile");
    }

    private async Task StopAsync()
    {
        full?.Dispose();
        mobile?.Dispose();
        if (desk is not null)
            await desk.DisposeAsync();
    }

    private async Task<HttpClient> SignInAsync(string technician)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = desk.ClientOptions.BaseAddress,
        };
        (await client.PostAsync("/signin", new FormUrlEncodedContent([new("technician", technician)]), Cancelled)).StatusCode.Should().Be(HttpStatusCode.Found);
        return client;
    }

    private async Task<(string Id, string Program)> DownloadedAsync(HttpClient technician)
    {
        var answer = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = "Ada" }, Cancelled);
        var created = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var program = Directory.CreateDirectory(Path.Combine(folder.Path, Path.GetRandomFileName())).FullName;
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

    private ConsoleProcess Run(string program)
    {
        var home = new Dictionary<string, string> { ["HOME"] = folder.Path };
        var applet = new ConsoleProcess(Path.Combine(program, "RescueApplet"), ["--leave-on-eof", "--language", "en"], home, program);
        applets.Add(applet);
        return applet;
    }

    private static async Task DoAsync(HttpClient technician, string id, string verb, string status)
    {
        var answer = await technician.PostAsync($"/rescue/sessions/{id}/{verb}", null, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancelled));
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("status").GetString().Should().Be(status);
    }

    private Task<JsonElement> SessionAsync(string id) => full.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", Cancelled);

    private Task<JsonElement> ExpectStatusAsync(string id, string status) => RunningHelpDesk.EventuallyAsync(async () =>
    {
        var session = await SessionAsync(id);
        return session.GetProperty("status").GetString() == status ? session : (JsonElement?)null;
    });

    private sealed class Factory(FakeTimeProvider time, string data, string? terms) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Data:Folder", Path.Combine(data, "data"));
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddOptions<RescueWebOptions>().Configure(options => options.Terms = terms);
            });
        }
    }
}
