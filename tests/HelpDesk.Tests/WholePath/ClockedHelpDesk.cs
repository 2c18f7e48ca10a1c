using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.AspNetCore;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.WholePath;

/// <summary>The sample on a real port and on a clock that the test moves, with the published applet as processes of their own.</summary>
internal sealed class ClockedHelpDesk : WebApplicationFactory<Program>
{
    // Some seconds, in which what a process said last has been heard.
    private const int LooksUntilHeard = 100;

    /// <summary>After this much a customer counts as silent, by the sample's settings.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    private readonly List<IAsyncDisposable> applets = [];
    private readonly List<HttpClient> clients = [];
    private readonly string? terms;
    private readonly (string Name, string Value)[] settings;

    /// <param name="terms">What a customer must agree to; null for nothing.</param>
    /// <param name="settings">The sample's settings by name, as in <c>Rescue:Timeouts:Waiting</c>.</param>
    public ClockedHelpDesk(string? terms = null, params (string Name, string Value)[] settings)
    {
        this.terms = terms;
        this.settings = settings;
        UseKestrel(0);
        StartServer();
    }

    public string Folder => folder.Path;

    public void Advance(TimeSpan step) => time.Advance(step);

    public async Task<HttpClient> SignInAsync(string technician)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = ClientOptions.BaseAddress,
        };
        clients.Add(client);
        using var answer = await client.PostAsync("/signin", HelpDeskHost.Form("technician", technician), Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        return client;
    }

    /// <summary>Runs the applet as a customer does who keeps it in one place: each start of it in a folder is the same instance.</summary>
    /// <param name="program">The program's file.</param>
    /// <param name="home">The customer's home folder.</param>
    /// <param name="arguments">What it is started with besides its language.</param>
    public ConsoleProcess RunApplet(string program, string home, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["HOME"] = home, ["XDG_DATA_HOME"] = home };
        var applet = new ConsoleProcess(program, ["--leave-on-eof", "--language", "en", .. arguments], environment, home);
        applets.Add(applet);
        return applet;
    }

    public static async Task<JsonElement> CreateAsync(HttpClient technician)
    {
        using var answer = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = "Ada" }, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    /// <summary>Lets a technician do something with a session, and answers where that led.</summary>
    public static async Task<string?> DoAsync(HttpClient technician, string id, string verb, object? body = null)
    {
        using var answer = await technician.PostAsJsonAsync($"/rescue/sessions/{id}/{verb}", body ?? new { }, Cancelled);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("status").GetString();
    }

    /// <summary>Waits until a session is as it should be; what runs by the clock has its turn meanwhile.</summary>
    public static Task<JsonElement> ExpectAsync(HttpClient technician, string id, Func<JsonElement, bool> condition) =>
        RunningHelpDesk.EventuallyAsync(async () =>
        {
            var session = await technician.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", Cancelled);
            return condition(session) ? session : (JsonElement?)null;
        });

    public static Task<JsonElement> ExpectStatusAsync(HttpClient technician, string id, string status) =>
        ExpectAsync(technician, id, session => session.GetProperty("status").ValueEquals(status));

    /// <summary>
    /// Lets so much time pass that a customer who is gone counts as silent, and waits for that. What they said last may have been on its way, and counts from when it
    /// was heard: then time passes again, but never so much that they would count as offline.
    /// </summary>
    public async Task PassSilenceAsync(HttpClient technician, string id)
    {
        Advance(Silence);
        var looks = 0;
        await ExpectAsync(technician, id, session =>
        {
            if (session.GetProperty("status").ValueEquals("reconnecting"))
                return true;
            if (++looks % LooksUntilHeard == 0 && looks <= 3 * LooksUntilHeard)
                Advance(Silence);
            return false;
        });
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var applet in applets)
            await applet.DisposeAsync();
        clients.ForEach(client => client.Dispose());
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Data:Folder", Path.Combine(folder.Path, "data"));
        foreach (var (name, value) in settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddOptions<RescueWebOptions>().Configure(options => options.Terms = terms);
        });
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
