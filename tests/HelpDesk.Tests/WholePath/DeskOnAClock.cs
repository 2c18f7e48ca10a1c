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

/// <summary>The sample over real HTTP on a clock that the test moves, with two technicians and the applets that customers download.</summary>
internal sealed class DeskOnAClock : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<ConsoleProcess> applets = [];
    private readonly Factory factory;

    private DeskOnAClock(string? terms, Action<RescueSessionsOptions>? configure) => factory = new(Time, folder.Path, terms, configure);

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    /// <summary>Alice, who may do everything but support phones.</summary>
    public HttpClient Full { get; private set; } = null!;

    /// <summary>Ben, her colleague.</summary>
    public HttpClient Mobile { get; private set; } = null!;

    public IServiceProvider Services => factory.Services;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<DeskOnAClock> StartAsync(string? terms = null, Action<RescueSessionsOptions>? configure = null)
    {
        var desk = new DeskOnAClock(terms, configure);
        desk.factory.UseKestrel(0);
        desk.factory.StartServer();
        desk.Full = await desk.SignInAsync("full");
        desk.Mobile = await desk.SignInAsync("mobile");
        return desk;
    }

    /// <summary>A session, and the folder with the applet its customer has downloaded.</summary>
    public async Task<(string Id, string Program)> DownloadedAsync()
    {
        var answer = await Full.PostAsJsonAsync("/rescue/sessions", new { customerName = "Ada" }, Cancelled);
        var created = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        var program = Directory.CreateDirectory(Path.Combine(folder.Path, Path.GetRandomFileName())).FullName;
        var query = new Uri(created.GetProperty("link").GetString()!).Query;
        using var archive = new ZipArchive(new MemoryStream(await Full.GetByteArrayAsync("/Customer/applet/linux" + query, Cancelled)));
        archive.ExtractToDirectory(program);
        return (created.GetProperty("id").GetString()!, program);
    }

    public async Task<(string Id, ConsoleProcess Applet, string Program)> WaitingAsync()
    {
        var (id, program) = await DownloadedAsync();
        var applet = Run(program);
        await applet.ExpectAsync("Waiting for a technician");
        return (id, applet, program);
    }

    public ConsoleProcess Run(string program)
    {
        var home = new Dictionary<string, string> { ["HOME"] = folder.Path };
        var applet = new ConsoleProcess(Path.Combine(program, "RescueApplet"), ["--leave-on-eof", "--language", "en"], home, program);
        applets.Add(applet);
        return applet;
    }

    public static async Task DoAsync(HttpClient technician, string id, string verb, object? body = null)
    {
        var answer = await technician.PostAsJsonAsync($"/rescue/sessions/{id}/{verb}", body ?? new { }, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    public Task<JsonElement> SessionAsync(string id) => Full.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", Cancelled);

    public Task<JsonElement> ExpectAsync(string id, Predicate<JsonElement> expected) => RunningHelpDesk.EventuallyAsync(async () =>
    {
        var session = await SessionAsync(id);
        return expected(session) ? session : (JsonElement?)null;
    });

    public Task<JsonElement> ExpectStatusAsync(string id, string status) =>
        ExpectAsync(id, session => session.GetProperty("status").GetString() == status);

    public async ValueTask DisposeAsync()
    {
        foreach (var applet in applets)
            await applet.DisposeAsync();
        Full?.Dispose();
        Mobile?.Dispose();
        await factory.DisposeAsync();
        folder.Dispose();
    }

    private async Task<HttpClient> SignInAsync(string technician)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = factory.ClientOptions.BaseAddress,
        };
        (await client.PostAsync("/signin", new FormUrlEncodedContent([new("technician", technician)]), Cancelled)).StatusCode.Should().Be(HttpStatusCode.Found);
        return client;
    }

    private sealed class Factory(FakeTimeProvider time, string data, string? terms, Action<RescueSessionsOptions>? configure)
        : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("Data:Folder", Path.Combine(data, "data"));
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddOptions<RescueWebOptions>().Configure(options => options.Terms = terms);
                services.AddOptions<RescueSessionsOptions>().Configure(options => configure?.Invoke(options));
            });
        }
    }
}
