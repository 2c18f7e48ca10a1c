using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Hosting;

/// <summary>Behind nginx and YARP, as docs/hosting.md sets them up.</summary>
public sealed class ReverseProxyTests : IAsyncLifetime
{
    private const string Public = "https://help.example.org";

    private readonly WebApplication _app;

    public ReverseProxyTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new($"{Public}/");
            options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).AddAspNetCore(options => options.FindTechnician = _ => new(new Technician("ada", "Ada") { Groups = ["all"] }));
        Recipes.TrustProxy(builder);
        _app = builder.Build();
        Recipes.MapBehindProxy(_app);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _app.StartAsync(Ct);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("nginx")]
    [InlineData("yarp")]
    public async Task Customers_AreToldApartByTheirOwnAddress_WhateverTheyWrite(string kind)
    {
        await using var proxy = await StartAsync(kind);
        using var guesser = From("127.0.0.2", proxy);
        using var other = From("127.0.0.3", proxy);

        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 12; guess++)
            statuses.Add(await GuessAsync(guesser, $"198.51.100.{guess}"));

        statuses.Should().Contain(HttpStatusCode.TooManyRequests, "a header of the customer's own is not believed");
        (await GuessAsync(other, "127.0.0.2")).Should().Be(HttpStatusCode.NotFound, "another customer has guessed nothing");
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("yarp")]
    public async Task Events_ComeAsTheyHappen(string kind)
    {
        await using var proxy = await StartAsync(kind);
        using var technician = From("127.0.0.1", proxy);
        using var stream = await technician.GetAsync("/rescue/sessions/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        stream.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(Ct));

        // Each is heard before the next is made, which a proxy that gathers does not let through.
        for (var number = 0; number < 3; number++)
        {
            using var made = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = $"Grace {number}" }, Ct);
            var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
            await HearAsync(lines, id);
        }
    }

    [Theory]
    [InlineData("nginx", Public, HttpStatusCode.Created)]
    [InlineData("nginx", "https://evil.example.org", HttpStatusCode.Forbidden)]
    [InlineData("yarp", Public, HttpStatusCode.Created)]
    [InlineData("yarp", "https://evil.example.org", HttpStatusCode.Forbidden)]
    public async Task Changes_OfTheOwnPages_PassAndOfOthersDoNot(string kind, string origin, HttpStatusCode expected)
    {
        await using var proxy = await StartAsync(kind);
        using var browser = From("127.0.0.1", proxy);
        browser.DefaultRequestHeaders.Add("Origin", origin);

        using var answer = await browser.PostAsJsonAsync("/rescue/sessions", new { customerName = "Grace" }, Ct);

        answer.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("yarp")]
    public async Task Links_AreThePublicOnes_WhateverTheProxySays(string kind)
    {
        await using var proxy = await StartAsync(kind);
        using var technician = From("127.0.0.1", proxy);
        technician.DefaultRequestHeaders.Host = "evil.example.org";
        technician.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example.org");

        using var made = await technician.PostAsJsonAsync("/rescue/sessions", new { customerName = "Grace" }, Ct);

        (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("link").GetString().Should().StartWith($"{Public}/");
    }

    private static async Task HearAsync(StreamReader lines, string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal))
                return;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<HttpStatusCode> GuessAsync(HttpClient customer, string claimed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Customer") { Content = new FormUrlEncodedContent([new("Code", "000000")]) };
        request.Headers.Add("X-Forwarded-For", claimed);
        using var answer = await customer.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static HttpClient From(string address, ReverseProxy proxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = proxy.Address,
    };

    private Task<ReverseProxy> StartAsync(string kind) => ReverseProxy.StartAsync(kind, new Uri(_app.Urls.Single()).Port, Ct);
}
