using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.AtActive;

/// <summary>Who is let in at Active, who hears whom, and when it ends.</summary>
public sealed class AssistEndpointsTests : IAsyncDisposable
{
    private readonly HelpDeskHost desk = HelpDeskHost.Listening();
    private readonly CookieContainer cookies = new();
    private readonly List<IDisposable> open = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothEnds_HearEachOther_AndTheRoomEndsWithActive()
    {
        var technician = await SignInAsync();
        var (id, secret) = await ActiveAsync(technician);
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await OpenAsync("/assist/customer");
        await SayAsync(customer, secret);
        (await HearAsync(there)).Should().Be("""{"kind":"here"}""");
        (await HearAsync(customer)).Should().Be("""{"kind":"here"}""");

        await SayAsync(customer, """{"kind":"chat","text":"é"}""");
        (await HearAsync(there)).Should().Be("""{"kind":"chat","text":"é"}""");
        await SayAsync(there, """{"kind":"stop"}""");
        (await HearAsync(customer)).Should().Be("""{"kind":"stop"}""");

        (await technician.PostAsJsonAsync($"/rescue/sessions/{id}/hold", new { }, Cancellation)).EnsureSuccessStatusCode();
        (await HearAsync(customer)).Should().BeNull("the room is closed");
        (await HearAsync(there)).Should().BeNull();
        using var late = await OpenAsync("/assist/customer");
        await SayAsync(late, secret);
        (await HearAsync(late)).Should().BeNull("the secret opens nothing any more");
    }

    [Fact]
    public async Task TechnicianWhoLeaves_IsToldOf_AndTakesTheRoomAlong()
    {
        var (id, secret) = await ActiveAsync(await SignInAsync());
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var customer = await OpenAsync("/assist/customer");
        await SayAsync(customer, secret);
        await HearAsync(customer);

        await there.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        (await HearAsync(customer)).Should().Be("""{"kind":"gone"}""");
        (await HearAsync(customer)).Should().BeNull();
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    [InlineData("a secret that is far longer than any of ours could ever be, whoever made it up")]
    public async Task Customer_WithAnotherSecret_IsHungUpOn(string secret)
    {
        var (id, _) = await ActiveAsync(await SignInAsync());
        using var there = await OpenAsync($"/assist/technician/{id}");
        using var stranger = await OpenAsync("/assist/customer");

        await SayAsync(stranger, secret);

        (await HearAsync(stranger)).Should().BeNull();
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
        await desk.DisposeAsync();
    }

    private Uri Address => desk.ClientOptions.BaseAddress;

    private async Task<HttpClient> SignInAsync(string technician = "mobile")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address };
        open.Add(client);
        (await client.PostAsync("/signin", HelpDeskHost.Form("technician", technician), Cancellation)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        return client;
    }

    private static async Task<(string Id, string Secret)> ActiveAsync(HttpClient technician)
    {
        var created = await PostAsync(technician, "/rescue/sessions", new { customerName = "Grace" });
        var joined = await PostAsync(technician, "/applet/join", new { pin = created.GetProperty("pin").GetString() });
        using var ready = new HttpRequestMessage(HttpMethod.Post, $"/applet/{joined.GetProperty("sessionId").GetString()}/ready") { Content = JsonContent.Create(new { kind = "browser" }) };
        ready.Headers.Authorization = new("Bearer", joined.GetProperty("appletKey").GetString());
        (await technician.SendAsync(ready, Cancellation)).EnsureSuccessStatusCode();
        var id = created.GetProperty("id").GetString()!;
        var active = await PostAsync(technician, $"/rescue/sessions/{id}/start", new { });
        return (id, active.GetProperty("handOver").GetProperty("secret").GetString()!);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private async Task<ClientWebSocket> OpenAsync(string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin ?? Address.GetLeftPart(UriPartial.Authority));
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Address, path)) { Scheme = "ws" }.Uri, Cancellation);
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
    private static async Task<string?> HearAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var part = await socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
        return part.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer.AsSpan(0, part.Count));
    }
}
