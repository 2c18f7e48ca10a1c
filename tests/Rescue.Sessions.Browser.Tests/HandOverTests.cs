using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>What a remote control begins and ends with, in the customer's page and in a guest's.</summary>
public sealed class HandOverTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    // As in README.md.
    private const string RemoteControl = """
        window.connected = null;
        const connect = secret => window.connected = secret;
        const disconnect = () => window.connected = null;
        document.addEventListener('rescue:handover', event => connect(event.detail.secret));
        document.addEventListener('rescue:status', event => event.detail.status === 'active' || disconnect());
        document.addEventListener('rescue:handover', event => window.sessionOf = event.detail.session);
        """;

    // A line that a proxy cuts, or that a locked phone has lost, and of which the page hears nothing.
    private const string Line = """
        const straight = window.fetch;
        let open = Promise.resolve();
        let cut;
        window.cutLine = () => {
          open = new Promise(mended => window.mendLine = mended);
          cut.abort();
        };
        window.fetch = async (address, options) => {
          if (!`${address}`.endsWith('/events'))
            return straight(address, options);
          await open;
          cut = new AbortController();
          return straight(address, { ...options, signal: AbortSignal.any([options.signal, cut.signal]) });
        };
        """;

    [Theory]
    [InlineData("transfer/takeBack")]
    [InlineData("transfer/decline")]
    [InlineData("reboot")]
    [InlineData("line")]
    [InlineData("hold")]
    [InlineData("unnoticed")]
    public async Task ActiveAgain_IsConnectedAgain(string how)
    {
        TestServer.Chromium.Require();
        var session = await JoinedInBrowser.CreateAsync(browser.Desk);
        var customer = await browser.OpenAsync("en", 390, 844, userAgent: Devices.IPhone, hasTouch: true);
        await customer.AddInitScriptAsync(RemoteControl + Line);
        await customer.GotoAsync("/Customer/browser" + session.Query);
        await session.JoinAsync(customer);
        var guest = await browser.OpenAsync();
        await guest.AddInitScriptAsync(RemoteControl + Line);
        await session.BringGuestAsync(guest, "Dr Johnson");
        await Expect(guest.Locator("h1")).ToHaveTextAsync("You take part");
        await session.ActAsync("start");
        await ExpectConnectedAsync();

        if (how == "line")
            await LoseLineAsync(customer);
        else if (how == "reboot")
            await InterruptAsync("reboot", "rebooting", () => customer.EvaluateAsync("dispatchEvent(new Event('online'))"));
        else if (how == "unnoticed")
            await GoAndComeBackUnnoticedAsync();
        else if (how == "hold")
            await InterruptAsync("hold", "onHold", () => session.ActAsync("resume"));
        else
            await TransferAsync(how);

        await ExpectConnectedAsync();
        await session.EndAsync();
        await JoinedInBrowser.ExpectAsync(customer, "closed");
        (await customer.EvaluateAsync<string?>("window.connected")).Should().BeNull();

        async Task TransferAsync(string verb)
        {
            var colleague = await browser.Desk.SignInAsync("full");
            (await colleague.GetAsync("/rescue/me", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            await InterruptAsync("transfer", "transferring", async () =>
            {
                if (verb == "transfer/decline")
                    (await colleague.PostAsJsonAsync($"/rescue/sessions/{session.Id}/{verb}", new { }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
                else
                    await session.ActAsync(verb);
            });
        }

        // The technician's side has begun anew, and the secret is the one from before.
        async Task GoAndComeBackUnnoticedAsync()
        {
            var colleague = await browser.Desk.SignInAsync("full");
            (await colleague.GetAsync("/rescue/me", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            foreach (var page in (IPage[])[customer, guest])
                await page.EvaluateAsync("() => { cutLine(); window.connected = 'with what was before'; }");
            await session.ActAsync("transfer", new { to = "full" });
            await session.ActAsync("transfer/takeBack");
            foreach (var page in (IPage[])[customer, guest])
                await page.EvaluateAsync("() => mendLine()");
        }

        async Task InterruptAsync(string verb, string status, Func<Task> goOnAsync)
        {
            await session.ActAsync(verb, verb == "transfer" ? new { to = "full" } : null);
            await JoinedInBrowser.ExpectAsync(customer, status);
            await JoinedInBrowser.ExpectAsync(guest, status);
            (await customer.EvaluateAsync<string?>("window.connected")).Should().BeNull();
            (await guest.EvaluateAsync<string?>("window.connected")).Should().BeNull();
            await goOnAsync();
        }

        async Task ExpectConnectedAsync()
        {
            await JoinedInBrowser.ExpectAsync(customer, "active");
            await JoinedInBrowser.ExpectAsync(guest, "active");
            var now = await session.SessionAsync();
            // The answer to "ready" may tell the status first; the secret comes with the stream.
            await customer.WaitForFunctionAsync("secret => window.connected === secret", SecretOf(now));
            await guest.WaitForFunctionAsync("secret => window.connected === secret", SecretOf(now.GetProperty("guests")[0]));
            // By which a server of several nodes knows whose secret it is.
            foreach (var page in (IPage[])[customer, guest])
                (await page.EvaluateAsync<string?>("window.sessionOf")).Should().Be(session.Id);
        }
    }

    private static string? SecretOf(JsonElement of) => of.GetProperty("handOver").GetProperty("secret").GetString();

    private static async Task LoseLineAsync(IPage customer)
    {
        await customer.Context.SetOfflineAsync(true);
        await JoinedInBrowser.ExpectAsync(customer, "reconnecting");
        (await customer.EvaluateAsync<string?>("window.connected")).Should().BeNull();
        await customer.Context.SetOfflineAsync(false);
    }
}
