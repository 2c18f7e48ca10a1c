using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>A session with its technician, and the customer's browser beside it.</summary>
internal sealed class JoinedInBrowser(HttpClient technician, JsonElement created)
{
    public string Id => created.GetProperty("id").GetString()!;

    public string Pin => created.GetProperty("pin").GetString()!;

    public string Link => created.GetProperty("link").GetString()!;

    public string Query => new Uri(Link).Query;

    public string WrongPin => Pin == "000000" ? "000001" : "000000";

    public static async Task<JoinedInBrowser> CreateAsync(RunningHelpDesk desk, string signIn = "mobile", string? to = null, string? platform = null, string? language = null, string? reference = null)
    {
        var technician = await desk.SignInAsync(signIn);
        object session = to is null
            ? new { customerName = "Grace Hopper", reference }
            : new { customerName = "Grace Hopper", reference, email = new { delivery = "onMyBehalf", to, platform, forMobileDevice = platform is not null, language } };
        var answer = await technician.PostAsJsonAsync("/rescue/sessions", session);
        answer.EnsureSuccessStatusCode();
        return new(technician, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Types the PIN and waits to be in the queue.</summary>
    public async Task JoinAsync(IPage page)
    {
        await page.Locator("[name=Code]").FillAsync(Pin);
        await page.Locator("main form button").ClickAsync();
        await ExpectAsync(page, "waiting");
    }

    /// <summary>Joins as a program does, so that the code is used.</summary>
    public async Task JoinByProgramAsync(RunningHelpDesk desk) =>
        (await desk.Customer.PostAsJsonAsync("/applet/join", new { pin = Pin }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    public async Task ActAsync(string verb, object? body = null) =>
        (await technician.PostAsJsonAsync($"/rescue/sessions/{Id}/{verb}", body ?? new { })).EnsureSuccessStatusCode();

    /// <summary>Invites a guest, who joins under a name of their own with the page.</summary>
    public async Task BringGuestAsync(IPage page, string name)
    {
        await page.GotoAsync(await InviteGuestAsync("Katherine"));
        await page.Locator("#name").FillAsync(name);
        await page.Locator("main form button").ClickAsync();
    }

    /// <summary>The link of a guest.</summary>
    public async Task<string> InviteGuestAsync(string name)
    {
        var answer = await technician.PostAsJsonAsync($"/rescue/sessions/{Id}/guests", new { name });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
    }

    /// <summary>Ends the visit of the guest who was invited last.</summary>
    public async Task RevokeGuestAsync()
    {
        var guest = (await SessionAsync()).GetProperty("guests").EnumerateArray().Last().GetProperty("id").GetString();
        (await technician.DeleteAsync($"/rescue/sessions/{Id}/guests/{guest}")).EnsureSuccessStatusCode();
    }

    /// <summary>Closes it, unless it is over.</summary>
    public async Task EndAsync() => (await technician.PostAsJsonAsync($"/rescue/sessions/{Id}/close", new { })).Dispose();

    public Task<JsonElement> SessionAsync() => technician.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{Id}")!;

    public async Task<string> PictureAsync() => await technician.GetStringAsync($"/rescue/sessions/{Id}");

    public static Task ExpectAsync(IPage page, string status) =>
        Expect(page.Locator("main")).ToHaveAttributeAsync("data-status", status);

    public Task<JsonElement> UntilAsync(string status) => RunningHelpDesk.EventuallyAsync(async () =>
        await SessionAsync() is var session && session.GetProperty("status").GetString() == status ? session : (JsonElement?)null);
}
