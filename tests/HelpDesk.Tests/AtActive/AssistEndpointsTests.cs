using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Stores;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.AtActive;

/// <summary>Who is let in at Active, who hears whom, and when it ends.</summary>
public sealed class AssistEndpointsTests : IAsyncDisposable
{
    private const string Ben = "Ben Okafor";

    private readonly HelpDeskHost desk;
    private readonly CookieContainer cookies = new();
    private readonly List<IDisposable> open = [];
    private readonly HttpMessageInvoker connections;

    public AssistEndpointsTests()
    {
        connections = new(NewHandler());
        desk = HelpDeskHost.Listening(LetNobodyFallSilent);
        Address = desk.ClientOptions.BaseAddress;
    }

    private Uri Address { get; set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothEnds_HearEachOther_AndTheRoomEndsWithActive()
    {
        var technician = await SignInAsync();
        var (id, secret) = await ActiveAsync(technician);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        (await HearAsync(there)).Should().Be(new Heard("here", "customer", "Grace"));
        (await HearAsync(customer)).Should().Be(new Heard("here", "technician", Ben));

        await SayAsync(customer, """{"kind":"chat","text":"é"}""");
        (await HearAsync(there)).Should().Be(new Heard("chat", "customer", "Grace", "é"));
        await SayAsync(there, """{"kind":"stop"}""");
        (await HearAsync(customer)).Should().Be(new Heard("stop", "technician", Ben));

        await HoldAsync(technician, id);
        (await HearAsync(customer)).Should().BeNull("the room is closed");
        (await HearAsync(there)).Should().BeNull();
        using var late = await CustomerAsync(secret);
        (await HearAsync(late)).Should().BeNull("the secret opens nothing any more");
    }

    [Fact]
    public async Task TechnicianWhoLeaves_IsToldOf_AndTakesTheRoomAlong()
    {
        var (id, secret) = await ActiveAsync(await SignInAsync());
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        await HearAsync(customer);

        await there.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        (await HearAsync(customer)).Should().Be(new Heard("gone", "technician", Ben));
        (await HearAsync(customer)).Should().BeNull();
    }

    [Fact]
    public async Task TechnicianWhoSignsOut_IsCutOff_AndTakesTheRoomAlong()
    {
        var technician = await SignInAsync();
        var (id, secret) = await ActiveAsync(technician);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        (await HearAsync(customer)).Should().Be(new Heard("here", "technician", Ben));

        using var answer = await technician.PostAsync("/signout", null, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await HearAsync(customer)).Should().Be(new Heard("gone", "technician", Ben));
        (await HearAsync(customer)).Should().BeNull("the room is closed");
    }

    [Fact]
    public async Task WindowThatIsCutOff_LeavesTheRoomToAnother()
    {
        var (id, secret) = await ActiveAsync(await SignInAsync());
        var window = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        await ReadThroughAsync(customer, new Heard("here", "technician", Ben));

        // Whether the line or the look at the session ends first is a matter of chance.
        for (var turns = 0; turns < 50; turns++)
        {
            var next = await OpenAsync($"/assist/technician/{id}");
            await ReadThroughAsync(customer, new Heard("here", "technician", Ben));
            window.Abort();
            window.Dispose();
            window = next;
        }

        await SayAsync(window, """{"kind":"chat","text":"Still here"}""");
        (await HearAsync(customer)).Should().Be(new Heard("chat", "technician", Ben, "Still here"));
        window.Dispose();
    }

    [Fact]
    public async Task WindowWhoseSessionCannotBeFollowed_LeavesTheRoomToAnother()
    {
        var policy = new FailingPolicy();
        var log = new ListLoggerProvider();
        // Nobody is cut off while the clock stands still, so that both windows follow the session.
        await using var failing = HelpDeskHost.Listening(services => services.AddRescueSessionsTesting().AddSingleton<PermissionPolicy>(policy)
            .AddSingleton<ILoggerProvider>(log).Configure<RescueSessionsOptions>(options => options.Technicians.OwnSessionsOnly = true));
        var time = (FakeTimeProvider)failing.Services.GetRequiredService<TimeProvider>();
        Address = failing.ClientOptions.BaseAddress;
        var technician = await SignInAsync();
        var (id, secret) = await ActiveAsync(technician);
        var invited = await PostAsync(technician, $"/rescue/sessions/{id}/guests", new { name = "Katherine" });
        using var first = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        await HearAsync(customer);
        using var second = await OpenAsync($"/assist/technician/{id}");
        await HearAsync(second);
        time.Advance(TimeSpan.FromSeconds(2));

        policy.FailOnce();
        await PostAsync(technician, "/guest/join", new { token = TokenOf(invited), name = "Dr Johnson" });
        await policy.HasFailed.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        using var third = await OpenAsync($"/assist/technician/{id}");
        (await HearAsync(third)).Should().Be(new Heard("here", "customer", "Grace"));
        await SayAsync(third, """{"kind":"chat","text":"Still here"}""");
        while (await HearAsync(customer) is var heard && heard != new Heard("chat", "technician", Ben, "Still here"))
            heard.Should().NotBeNull("the customer is still in the room");
        third.Abort();
        await failing.DisposeAsync();
        log.Lines.Should().ContainSingle(line => line.StartsWith("A session at Active could not be followed", StringComparison.Ordinal));
        log.Lines.Should().NotContain(line => line.Contains("unhandled exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_OverHttp2_HearEachOther_AndEndAsTheHostStops()
    {
        await using var safe = HelpDeskHost.Listening(
            services =>
            {
                LetNobodyFallSilent(services);
                services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));
            },
            SinkCertificate.Localhost);
        Address = safe.ClientOptions.BaseAddress;
        var (id, secret) = await ActiveAsync(await SignInAsync());
        var visit = await JoinAsync(id);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        await ReadThroughAsync(customer, new Heard("here", "technician", Ben));
        using var guest = await GuestAsync(visit.Secret);
        await ReadInAnyOrderAsync(guest, new Heard("here", "technician", Ben), new Heard("here", "customer", "Grace"));
        await SayAsync(guest, """{"kind":"chat","text":"é"}""");
        await ReadThroughAsync(customer, new Heard("here", visit.Id, "Dr Johnson"), new Heard("chat", visit.Id, "Dr Johnson", "é"));
        using var stranger = await OpenAsync("/assist/customer");

        var stop = safe.DisposeAsync().AsTask();

        await FluentActions.Awaiting(() => stop.WaitAsync(TimeSpan.FromMinutes(1), Cancellation)).Should().NotThrowAsync("no line keeps the host from stopping");
    }

    [Fact]
    public async Task Guest_TakesPartUnderTheirOwnName_WhateverTheySay()
    {
        var (id, secret) = await ActiveAsync(await SignInAsync());
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        await HearAsync(there);
        await HearAsync(customer);
        var visit = await JoinAsync(id);
        using var guest = await LetInAsync(visit.Secret, new("here", "technician", Ben), new("here", "customer", "Grace"));
        await ReadThroughAsync(customer, new Heard("here", visit.Id, "Dr Johnson"));
        await ReadThroughAsync(there, new Heard("here", visit.Id, "Dr Johnson"));

        await SayAsync(guest, """{"kind":"chat","text":"Let me see","from":"technician","name":"Somebody else","to":"customer"}""");
        await ReadThroughAsync(customer, new Heard("chat", visit.Id, "Dr Johnson", "Let me see"));
        await ReadThroughAsync(there, new Heard("chat", visit.Id, "Dr Johnson", "Let me see"));
        await SayAsync(customer, """{"kind":"chat","text":"Please do"}""");
        await ReadThroughAsync(guest, new Heard("chat", "customer", "Grace", "Please do"));
        await ReadThroughAsync(there, new Heard("chat", "customer", "Grace", "Please do"));
        await SayAsync(there, """{"kind":"chat","text":"Thank you"}""");
        await ReadThroughAsync(guest, new Heard("chat", "technician", Ben, "Thank you"));
        await ReadThroughAsync(customer, new Heard("chat", "technician", Ben, "Thank you"));
    }

    [Fact]
    public async Task WhatIsShown_ReachesWhomTheCustomerNames_AndNobodyElse()
    {
        var (id, secret) = await ActiveAsync(await SignInAsync());
        var visit = await JoinAsync(id);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        await HearAsync(there);
        using var guest = await GuestAsync(visit.Secret);
        await HearAsync(there);
        await ReadThroughAsync(customer, new Heard("here", "technician", Ben), new Heard("here", visit.Id, "Dr Johnson"));

        await SayAsync(customer, """{"kind":"offer","to":"technician"}""");
        await SayAsync(customer, $$"""{"kind":"offer","to":"{{visit.Id}}"}""");
        await SayAsync(customer, """{"kind":"offer"}""");
        await SayAsync(customer, """{"kind":"stopped"}""");
        await ReadThroughAsync(there, new Heard("offer", "customer", "Grace"), new Heard("stopped", "customer", "Grace"));
        await ReadInAnyOrderAsync(guest, new Heard("here", "technician", Ben), new Heard("here", "customer", "Grace"));
        await ReadThroughAsync(guest, new Heard("offer", "customer", "Grace"), new Heard("stopped", "customer", "Grace"));
        await SayAsync(guest, """{"kind":"answer","to":"technician"}""");
        await ReadThroughAsync(customer, new Heard("answer", visit.Id, "Dr Johnson"));
    }

    [Theory]
    [InlineData("""{"kind":"stop"}""")]
    [InlineData("""{"kind":"offer","to":"technician"}""")]
    [InlineData("""{"kind":"stopped"}""")]
    [InlineData("""{"kind":"here"}""")]
    [InlineData("""{"kind":"chat","kind":"chat","text":"twice"}""")]
    [InlineData("""{"kind":"\ud800"}""")]
    [InlineData("""{"kind":"chat","text":"half of a pair: \ud83d"}""")]
    [InlineData("""{"kind":"chat","\udc00":""}""")]
    [InlineData("""{"kind":"candidate","to":"\ud800"}""")]
    [InlineData("""["chat"]""")]
    [InlineData("nothing of ours")]
    public async Task Guest_WhoSaysWhatIsNotTheirs_IsHungUpOn(string message)
    {
        var (id, _) = await ActiveAsync(await SignInAsync());
        var visit = await JoinAsync(id);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var guest = await GuestAsync(visit.Secret);
        await HearAsync(guest);

        await SayAsync(guest, message);

        (await HearAsync(guest)).Should().BeNull();
        await ReadThroughAsync(there, new Heard("here", visit.Id, "Dr Johnson"), new Heard("gone", visit.Id, "Dr Johnson"));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("leave")]
    [InlineData("hold")]
    public async Task Guest_WhoseVisitEnds_IsLetGoAtOnce(string how)
    {
        var technician = await SignInAsync();
        var (id, _) = await ActiveAsync(technician);
        var visit = await JoinAsync(id);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var guest = await GuestAsync(visit.Secret);
        await HearAsync(guest);
        await HearAsync(there);

        if (how == "revoke")
            (await technician.DeleteAsync($"/rescue/sessions/{id}/guests/{visit.Id}", Cancellation)).EnsureSuccessStatusCode();
        else if (how == "leave")
            await PostAsync(technician, $"/guest/{id}/leave", new { }, visit.Key);
        else
            await HoldAsync(technician, id);

        (await HearAsync(guest)).Should().BeNull("the visit is over");
        (await HearAsync(there)).Should().Be(how == "hold" ? null : new Heard("gone", visit.Id, "Dr Johnson"));
        using var again = await GuestAsync(visit.Secret);
        (await HearAsync(again)).Should().BeNull("the secret opens nothing any more");
    }

    [Fact]
    public async Task Guest_WhoseTimeHasPassed_IsLetGoByTheTimeAlone()
    {
        // Nothing else happens while the time passes.
        await using var timed = HelpDeskHost.Listening(services => services.AddRescueSessionsTesting());
        var time = (FakeTimeProvider)timed.Services.GetRequiredService<TimeProvider>();
        Address = timed.ClientOptions.BaseAddress;
        var (id, secret) = await ActiveAsync(await SignInAsync());
        var visit = await JoinAsync(id, minutes: 10);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        using var guest = await GuestAsync(visit.Secret);
        await HearAsync(guest);
        await HearAsync(guest);

        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await SayAsync(customer, """{"kind":"chat","text":"Are you still there?"}""");
        await ReadThroughAsync(guest, new Heard("chat", "customer", "Grace", "Are you still there?"));
        time.Advance(TimeSpan.FromSeconds(2));

        (await HearAsync(guest)).Should().BeNull("the time is over");
        await ReadInAnyOrderAsync(customer, new Heard("here", "technician", Ben), new Heard("here", visit.Id, "Dr Johnson"));
        await ReadThroughAsync(customer, new Heard("gone", visit.Id, "Dr Johnson"));
        using var again = await GuestAsync(visit.Secret);
        (await HearAsync(again)).Should().BeNull("nobody has recorded the end yet, and the time is over all the same");
    }

    [Fact]
    public async Task Room_OpenedWhileTheFeedIsBehind_StaysOpen()
    {
        // The technician's queue listens too; what it has read before the start comes to the room after it.
        await using var slow = HelpDeskHost.Listening(services =>
        {
            LetNobodyFallSilent(services);
            var store = services.Last(service => service.ServiceType == typeof(ISessionStore)).ImplementationType!;
            services.AddSingleton(provider => LateFeedStore.Before((ISessionStore)ActivatorUtilities.CreateInstance(provider, store), SessionStatus.Waiting));
        });
        var feed = (LateFeedStore)slow.Services.GetRequiredService<ISessionStore>();
        Address = slow.ClientOptions.BaseAddress;
        var technician = await SignInAsync();
        using var queue = await technician.GetAsync("/rescue/sessions/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var (id, secret) = await ActiveAsync(technician, () => feed.Holds.WaitAsync(TimeSpan.FromMinutes(1), Cancellation));
        using var there = await OpenAsync($"/assist/technician/{id}");

        feed.LetThrough();

        var visit = await JoinAsync(id);
        using var guest = await LetInAsync(visit.Secret, new Heard("here", "technician", Ben));
        using var customer = await CustomerAsync(secret);
        await ReadThroughAsync(guest, new Heard("here", "customer", "Grace"));
    }

    [Fact]
    public async Task Secrets_OpenTheirOwnDoorAlone()
    {
        var (id, secret) = await ActiveAsync(await SignInAsync());
        var visit = await JoinAsync(id);
        using var there = await OpenAsync($"/assist/technician/{id}");

        using var asCustomer = await CustomerAsync(visit.Secret);
        using var asGuest = await GuestAsync(secret);

        (await HearAsync(asCustomer)).Should().BeNull("a guest is no customer");
        (await HearAsync(asGuest)).Should().BeNull("the customer is no guest");
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    [InlineData("a secret that is far longer than any of ours could ever be, whoever made it up")]
    public async Task Stranger_WithAnotherSecret_IsHungUpOn(string secret)
    {
        var (id, _) = await ActiveAsync(await SignInAsync());
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await CustomerAsync(secret);
        using var guest = await GuestAsync(secret);

        (await HearAsync(customer)).Should().BeNull();
        (await HearAsync(guest)).Should().BeNull();
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("full", HttpStatusCode.NotFound)]
    [InlineData("globex", HttpStatusCode.NotFound)]
    public async Task Technician_OfAnotherSession_IsNotLetIn(string who, HttpStatusCode expected)
    {
        var (id, _) = await ActiveAsync(await SignInAsync());
        if (who != "nobody")
            await SignInAsync(who);
        else
            cookies.GetAllCookies().ToList().ForEach(cookie => cookie.Expired = true);

        await RefusedAsync($"/assist/technician/{id}", null, expected);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task AnotherOrigin_IsNotLetIn(string origin)
    {
        var (id, _) = await ActiveAsync(await SignInAsync());

        await RefusedAsync($"/assist/technician/{id}", origin, HttpStatusCode.Forbidden);
        await RefusedAsync("/assist/customer", origin, HttpStatusCode.Forbidden);
        await RefusedAsync("/assist/guest", origin, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Page_NobodySignedIn_LeadsToTheSignIn()
    {
        using var anyone = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

        using var answer = await anyone.GetAsync("/assist", Cancellation);
        using var plain = await anyone.GetAsync("/assist/customer", Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        plain.StatusCode.Should().Be(HttpStatusCode.UpgradeRequired);
    }

    public async ValueTask DisposeAsync()
    {
        open.ForEach(client => client.Dispose());
        connections.Dispose();
        await desk.DisposeAsync();
    }

    // The customers of these tests never beat, and whoever is silent for long enough ends the room.
    private static void LetNobodyFallSilent(IServiceCollection services) =>
        services.PostConfigure<RescueSessionsOptions>(options => options.Timeouts.Silence = TimeSpan.FromHours(1));

    private async Task<HttpClient> SignInAsync(string technician = "mobile")
    {
        var client = new HttpClient(NewHandler()) { BaseAddress = Address };
        open.Add(client);
        (await client.PostAsync("/signin", HelpDeskHost.Form("technician", technician), Cancellation)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        return client;
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false, CookieContainer = cookies,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => SinkCertificate.Localhost.Equals(shown) },
    };

    /// <summary>Makes a session that is active; between waiting and that something may happen.</summary>
    private static async Task<(string Id, string Secret)> ActiveAsync(HttpClient technician, Func<Task>? whenWaiting = null)
    {
        var created = await PostAsync(technician, "/rescue/sessions", new { customerName = "Grace" });
        var joined = await PostAsync(technician, "/applet/join", new { pin = created.GetProperty("pin").GetString() });
        await PostAsync(technician, $"/applet/{joined.GetProperty("sessionId").GetString()}/ready", new { kind = "browser" }, joined.GetProperty("appletKey").GetString());
        var id = created.GetProperty("id").GetString()!;
        if (whenWaiting is not null)
            await whenWaiting();
        var active = await PostAsync(technician, $"/rescue/sessions/{id}/start", new { });
        return (id, active.GetProperty("handOver").GetProperty("secret").GetString()!);
    }

    /// <summary>Invites a guest, who joins.</summary>
    private async Task<(string Id, string Secret, string Key)> JoinAsync(string session, int? minutes = null)
    {
        var technician = (HttpClient)open[^1];
        var invited = await PostAsync(technician, $"/rescue/sessions/{session}/guests", new { name = "Katherine", minutes });
        var joined = await PostAsync(technician, "/guest/join", new { token = TokenOf(invited), name = "Dr Johnson" });
        var picture = await technician.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{session}", Cancellation);
        var secret = picture.GetProperty("guests")[0].GetProperty("handOver").GetProperty("secret").GetString()!;
        return (invited.GetProperty("id").GetString()!, secret, joined.GetProperty("guestKey").GetString()!);
    }

    private static string? TokenOf(JsonElement invited) => HttpUtility.ParseQueryString(new Uri(invited.GetProperty("link").GetString()!).Query)["k"];

    private static async Task HoldAsync(HttpClient technician, string id) => await PostAsync(technician, $"/rescue/sessions/{id}/hold", new { });

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        using var answer = await client.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private Task<ClientWebSocket> CustomerAsync(string secret) => ProvedAsync("/assist/customer", secret);

    private Task<ClientWebSocket> GuestAsync(string secret) => ProvedAsync("/assist/guest", secret);

    /// <summary>Tries again until the room has heard that the guest has joined, as the guest's page does.</summary>
    private async Task<ClientWebSocket> LetInAsync(string secret, params Heard[] present)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var socket = await GuestAsync(secret);
            if (await HearAsync(socket) is { } first)
            {
                await ReadInAnyOrderAsync(socket, first, present);
                return socket;
            }

            socket.Dispose();
        }

        throw new TimeoutException("The room has never heard that the guest has joined.");
    }

    private async Task<ClientWebSocket> ProvedAsync(string path, string secret)
    {
        var socket = await OpenAsync(path);
        await SayAsync(socket, secret);
        return socket;
    }

    private async Task<ClientWebSocket> OpenAsync(string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        var isSafe = Address.Scheme == Uri.UriSchemeHttps;
        if (isSafe)
            (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin ?? Address.GetLeftPart(UriPartial.Authority));
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Address, path)) { Scheme = isSafe ? "wss" : "ws" }.Uri, connections, Cancellation);
        }
        catch (WebSocketException failure)
        {
            failure.Data["status"] = socket.HttpStatusCode;
            socket.Dispose();
            throw;
        }

        return socket;
    }

    private async Task RefusedAsync(string path, string? origin, HttpStatusCode expected)
    {
        var open = () => OpenAsync(path, origin);

        (await open.Should().ThrowAsync<WebSocketException>()).Which.Data["status"].Should().Be(expected);
    }

    private static Task SayAsync(ClientWebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, Cancellation);

    /// <summary>The next message; null when the line is hung up.</summary>
    private static async Task<Heard?> HearAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var part = await socket.ReceiveAsync(buffer.AsMemory(), Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        return part.MessageType == WebSocketMessageType.Close ? null : JsonSerializer.Deserialize<Heard>(buffer.AsSpan(0, part.Count), JsonSerializerOptions.Web);
    }

    private static async Task ReadThroughAsync(ClientWebSocket socket, params Heard[] expected)
    {
        foreach (var message in expected)
            (await HearAsync(socket)).Should().Be(message);
    }

    /// <summary>Reads who is there already. Who has come first is not for the test to say: a browser is connected a moment before it is in the room.</summary>
    private static async Task ReadInAnyOrderAsync(ClientWebSocket socket, params Heard[] expected) =>
        await ReadInAnyOrderAsync(socket, await HearAsync(socket), expected);

    private static async Task ReadInAnyOrderAsync(ClientWebSocket socket, Heard? first, Heard[] expected)
    {
        List<Heard?> heard = [first];
        while (heard.Count < expected.Length)
            heard.Add(await HearAsync(socket));
        heard.Should().BeEquivalentTo(expected);
    }

    private sealed record Heard(string Kind, string From, string Name, string? Text = null);
}
