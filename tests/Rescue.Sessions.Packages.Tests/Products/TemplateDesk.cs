using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rescue.Sessions.Packages.Products;

/// <summary>The template's service as it runs, with its technician Ada signed in.</summary>
internal sealed class TemplateDesk : IAsyncDisposable
{
    private readonly RunningProduct running;
    private readonly HttpClient ada;

    private TemplateDesk(RunningProduct running)
    {
        this.running = running;
        ada = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = running.Address };
    }

    public static async Task<TemplateDesk> StartAsync(string folder)
    {
        var desk = new TemplateDesk(await RunningProduct.StartAsync(
            Path.Combine(folder, "Acme"), "bin/Debug/net10.0/Acme.dll", new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development" }));
        using var form = new FormUrlEncodedContent([new("id", "ada"), new("password", "ada")]);
        (await desk.ada.PostAsync("/signin", form, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return desk;
    }

    /// <summary>A session's link, with the address at which the service listens, and its PIN.</summary>
    public async Task<(Uri Link, string Pin)> InviteAsync()
    {
        // The same customer again within some seconds would be the same session.
        using var answer = await ada.PostAsJsonAsync("/rescue/sessions", new { customerName = $"Grace {Guid.NewGuid():N}" }, TestContext.Current.CancellationToken);
        var session = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (new(running.Address, new Uri(session.GetProperty("link").GetString()!).PathAndQuery), session.GetProperty("pin").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await running.DisposeAsync();
    }
}
