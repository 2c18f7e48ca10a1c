using System.Net.Http.Json;
using System.Text.Json;
using Rescue.Sessions.TestHost;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A customer whose program is ready, as the applet's protocol has it.</summary>
internal static class WaitingCustomer
{
    /// <summary>Makes a session by PIN and lets its customer arrive; answers the session's id.</summary>
    public static async Task<string> ArriveAsync(RunningHelpDesk desk, string customerName, string signIn = "full")
    {
        var cancellation = TestContext.Current.CancellationToken;
        var client = await desk.SignInAsync(signIn);
        using var created = await client.PostAsJsonAsync("/rescue/sessions", new { customerName }, cancellation);
        created.EnsureSuccessStatusCode();
        var session = await created.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        using var joined = await client.PostAsJsonAsync("/applet/join", new { pin = session.GetProperty("pin").GetString() }, cancellation);
        joined.EnsureSuccessStatusCode();
        var id = session.GetProperty("id").GetString()!;
        using var ready = new HttpRequestMessage(HttpMethod.Post, $"/applet/{id}/ready") { Content = JsonContent.Create(new { hostName = "pc", platform = "linux" }) };
        ready.Headers.Authorization = new("Bearer", (await joined.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("appletKey").GetString());
        using var answer = await client.SendAsync(ready, cancellation);
        answer.EnsureSuccessStatusCode();
        return id;
    }
}
