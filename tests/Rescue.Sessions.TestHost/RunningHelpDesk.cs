using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Rescue.Sessions.TestHost;

/// <summary>The built sample as a process of its own on a free port, with folders that go away with it.</summary>
public sealed class RunningHelpDesk : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConsoleProcess process;
    private readonly List<IDisposable> clients = [];

    private RunningHelpDesk(IReadOnlyDictionary<string, string> settings)
    {
        var environment = new Dictionary<string, string>(settings)
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            // It lives for a minute at most.
            ["DOTNET_TieredPGO"] = "0",
        };
        environment.TryAdd("Data__Folder", Path.Combine(folder.Path, "data"));
        process = new(Path.Combine(AppContext.BaseDirectory, "HelpDesk"), [], environment, folder.Path);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The customer's browser: no cookies, and redirects are looked at.</summary>
    public HttpClient Customer { get; private set; } = null!;

    public static async Task<RunningHelpDesk> StartAsync(params (string Name, string Value)[] settings)
    {
        var desk = new RunningHelpDesk(settings.ToDictionary(s => s.Name, s => s.Value));
        try
        {
            var line = await desk.process.ExpectAsync(@"Help desk: open (http://\S+)");
            desk.Address = new Uri(line.Groups[1].Value);
            desk.Customer = desk.Client(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
            return desk;
        }
        catch
        {
            await desk.DisposeAsync();
            throw;
        }
    }

    public async Task<HttpClient> SignInAsync(string technician)
    {
        var client = Client(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var answer = await client.PostAsync("/signin", new FormUrlEncodedContent([new("technician", technician)]));
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        return client;
    }

    /// <summary>The latest mail to an address, as the sample's inbox captured it.</summary>
    public Task<JsonElement> MailToAsync(string address) => EventuallyAsync(async () =>
    {
        var mails = await Customer.GetFromJsonAsync<JsonElement>($"/inbox/messages?to={Uri.EscapeDataString(address)}");
        return mails.GetArrayLength() > 0 ? mails[0] : (JsonElement?)null;
    });

    /// <summary>Asks again and again until there is an answer.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> ask, [CallerArgumentExpression(nameof(ask))] string asked = "")
        where T : struct
    {
        // What is tried again is so after a minute at the latest.
        var patience = TimeSpan.FromMinutes(2);
        using var over = new CancellationTokenSource(patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            try
            {
                await pause.WaitForNextTickAsync(over.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Nothing came within {patience} of {asked}");
            }
        }
    }

    /// <summary>Downloads the applet as the landing page offers it and unpacks it into a folder of its own.</summary>
    public async Task<string> DownloadAppletAsync(string path)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder.Path, Path.GetRandomFileName())).FullName;
        using var download = await Customer.GetAsync(path);
        download.StatusCode.Should().Be(HttpStatusCode.OK);
        using var archive = new ZipArchive(await download.Content.ReadAsStreamAsync());
        archive.ExtractToDirectory(target);
        return target;
    }

    public ConsoleProcess RunApplet(string downloaded, params string[] arguments)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder.Path, "customer")).FullName;
        return new(Path.Combine(downloaded, "RescueApplet"), arguments, new Dictionary<string, string> { ["HOME"] = home }, downloaded);
    }

    /// <summary>Kills the process at once, as losing power would.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await process.DisposeAsync();
        folder.Dispose();
    }

    private HttpClient Client(SocketsHttpHandler handler)
    {
        var client = new HttpClient(handler) { BaseAddress = Address };
        clients.Add(client);
        return client;
    }
}
