using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>The administrator's webhooks, by hand in a browser.</summary>
public class WebhookTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    private const string Secret = "[data-secret-of] input";

    [Fact]
    public async Task Webhook_FromItsAddressToItsEnd_IsDoneByHand()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var admin = await browser.SignInAsync("admin", width: 1440);
        await admin.GotoAsync("/settings");
        await admin.Locator("rescue-settings[data-ready]").WaitForAsync();

        // What is wrong is told beside its field, and none of the events is not all of them.
        await admin.Locator("#webhook-url").FillAsync("ftp://example.org");
        await admin.Locator("#webhook-form [type=submit]").ClickAsync();
        await Expect(admin.Locator("#webhook-url-error")).Not.ToBeEmptyAsync();
        await admin.Locator("#webhook-url").FillAsync(receiver.Url);
        await admin.Locator("#webhook-form input[value=some]").CheckAsync();
        await admin.Locator("#webhook-form [type=submit]").ClickAsync();
        await Expect(admin.Locator("#webhook-types-error")).ToHaveTextAsync("Choose at least one.");
        await admin.Locator("#webhook-types input[value='session.created']").CheckAsync();
        await admin.Locator("#webhook-form [type=submit]").ClickAsync();

        // Its secret is told once.
        await Expect(admin.Locator(Secret)).ToHaveValueAsync(new Regex("^whsec_"));
        await Expect(admin.Locator("[data-secret-of] h3")).ToBeFocusedAsync();
        var first = await admin.Locator(Secret).InputValueAsync();
        await admin.Locator("[data-do=keepSecret]").PressAsync("Enter");
        await Expect(admin.Locator(Secret)).ToHaveCountAsync(0);
        (await FocusedActionAsync(admin)).Should().Be("test");
        await Expect(admin.Locator(".webhook > div").First).Not.ToContainTextAsync(new Regex("null|false|undefined"));
        await admin.Locator("[data-do=test]").PressAsync("Enter");
        await admin.ExpectToastAsync("The receiver took it: 202.");

        // An event arrives once, and again when it is asked for.
        await (await JoinedInBrowser.CreateAsync(browser.Desk, "full")).EndAsync();
        await RunningHelpDesk.EventuallyAsync(async () => receiver.Ids.Count == 2 ? await Task.FromResult(true) : (bool?)null);
        await admin.Locator("[data-do=deliveries]").ClickAsync();
        var delivery = admin.Locator("[data-delivery][data-state=delivered]", new() { HasText = "session.created" });
        await Expect(delivery).ToHaveCountAsync(1);
        await delivery.Locator("summary").ClickAsync();
        await Expect(delivery.Locator("pre")).ToContainTextAsync("\"type\": \"session.created\"");
        await LookAsync(admin, "settings-webhooks-1440");
        await delivery.GetByRole(AriaRole.Button).PressAsync("Enter");
        await RunningHelpDesk.EventuallyAsync(async () => receiver.Ids.Count == 3 ? await Task.FromResult(true) : (bool?)null);
        receiver.Ids.TakeLast(2).Distinct().Should().ContainSingle("a message that is sent again is the same message");
        await Expect(delivery).ToHaveCountAsync(1);
        (await admin.FocusedAsync()).Should().NotBe("nothing");

        // A new secret is told once, too, and the former holds beside it.
        await admin.Locator("[data-do=rotate]").ClickAsync();
        await admin.Locator("#confirm-yes").ClickAsync();
        await Expect(admin.Locator(Secret)).ToHaveValueAsync(new Regex("^whsec_"));
        (await admin.Locator(Secret).InputValueAsync()).Should().NotBe(first);
        await Expect(admin.Locator(".webhook")).ToContainTextAsync("The former secret holds until");
        await LookAsync(admin, "settings-webhooks-secret-1440");

        await admin.ReloadAsync();
        await admin.Locator("rescue-settings[data-ready]").WaitForAsync();
        await Expect(admin.Locator(Secret)).ToHaveCountAsync(0);
        await admin.Locator("[data-do=edit]").ClickAsync();
        await Expect(admin.Locator("#webhook-types input[value='session.created']")).ToBeCheckedAsync();
        await admin.Locator("#webhook-form input[value=all]").CheckAsync();
        await admin.Locator("#webhook-form [type=submit]").PressAsync("Enter");
        await Expect(admin.Locator(".webhook")).ToContainTextAsync("All events");
        (await FocusedActionAsync(admin)).Should().Be("edit");
        await admin.Locator("[data-do=disable]").PressAsync("Enter");
        await Expect(admin.Locator(".webhook .chip")).ToHaveTextAsync("Off");
        (await FocusedActionAsync(admin)).Should().Be("enable");
        await admin.Locator("[data-do=remove]").ClickAsync();
        await admin.Locator("#confirm-yes").ClickAsync();
        await Expect(admin.Locator(".webhook")).ToHaveCountAsync(0);
        await Expect(admin.Locator("#webhooks")).ToContainTextAsync("There are none yet.");
        await admin.ExpectFocusAsync("webhook-url");
    }

    [Fact]
    public async Task Secrets_EachIsShownUntilItIsKept()
    {
        const string Kept = "[data-do=keepSecret]";
        var admin = await OpenAsync();
        string[] addresses = ["https://127.0.0.1:1/one", "https://127.0.0.1:1/two"];
        foreach (var address in addresses)
        {
            await admin.Locator("#webhook-url").FillAsync(address);
            await admin.Locator("#webhook-form [type=submit]").ClickAsync();
            await Expect(admin.Locator("[data-secret-of]", new() { HasText = address })).ToBeVisibleAsync();
        }

        await Expect(admin.Locator(Secret)).ToHaveCountAsync(2);
        await LookAsync(admin, "settings-webhooks-secrets-1440");
        // Of one webhook that gets a second secret the first holds no longer than that is shown.
        var first = admin.Locator("[data-secret-of]", new() { HasText = addresses[0] }).Locator("input");
        var before = await first.InputValueAsync();
        await admin.Locator(".webhook", new() { HasText = addresses[0] }).Locator("[data-do=rotate]").ClickAsync();
        await admin.Locator("#confirm-yes").ClickAsync();
        await Expect(first).Not.ToHaveValueAsync(before);
        await Expect(admin.Locator(Secret)).ToHaveCountAsync(2);

        await admin.Locator("[data-secret-of]", new() { HasText = addresses[0] }).Locator(Kept).ClickAsync();
        await Expect(admin.Locator("[data-secret-of]")).ToContainTextAsync(addresses[1]);
        await RemoveAsync(admin, addresses[1]);
        await Expect(admin.Locator("[data-secret-of]")).ToHaveCountAsync(0);
        await RemoveAsync(admin, addresses[0]);
    }

    [Theory]
    [InlineData("disable", "disabled")]
    [InlineData("rotate", "rotated")]
    public async Task Webhook_ChangedWhileAnotherChangeIsOnItsWay_IsShownAsItIsThen(string then, string name)
    {
        var admin = await OpenAsync();
        var address = $"https://127.0.0.1:1/{name}";
        await admin.Locator("#webhook-url").FillAsync(address);
        await admin.Locator("#webhook-form [type=submit]").ClickAsync();
        await admin.Locator("[data-do=keepSecret]").ClickAsync();
        var webhook = admin.Locator(".webhook", new() { HasText = address });
        await webhook.Locator("[data-do=edit]").ClickAsync();
        await admin.Locator("#webhook-description").FillAsync("Billing");
        var held = await HeldAnswers.OfAsync(admin, new("/rescue/settings/webhooks/"), method: "PUT");
        await admin.Locator("#webhook-form [type=submit]").ClickAsync();
        await held.OnTheirWayAsync();

        await webhook.Locator($"[data-do={then}]").ClickAsync();
        if (then == "rotate")
            await admin.Locator("#confirm-yes").ClickAsync();
        // Whatever is asked for at once is answered by then.
        await admin.EvaluateAsync("async () => { for (let each = 0; each < 5; each++) await (await fetch('/rescue/presence')).json(); }");
        await held.ArriveAsync();

        await Expect(webhook).ToContainTextAsync("Billing");
        if (then == "rotate")
            await Expect(webhook).ToContainTextAsync("The former secret holds until");
        else
            await Expect(webhook.Locator(".chip")).ToHaveTextAsync("Off");
        await RemoveAsync(admin, address);
    }

    private async Task<IPage> OpenAsync()
    {
        var admin = await browser.SignInAsync("admin", width: 1440);
        await admin.GotoAsync("/settings");
        await admin.Locator("rescue-settings[data-ready]").WaitForAsync();
        return admin;
    }

    private static async Task RemoveAsync(IPage admin, string address)
    {
        var webhook = admin.Locator(".webhook", new() { HasText = address });
        await webhook.Locator("[data-do=remove]").ClickAsync();
        await admin.Locator("#confirm-yes").ClickAsync();
        await Expect(webhook).ToHaveCountAsync(0);
    }

    private static Task<string?> FocusedActionAsync(IPage page) => page.EvaluateAsync<string?>(
        "() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at?.dataset.do ?? null; }");

    private static async Task LookAsync(IPage page, string name)
    {
        await page.ExpectAccessibleAsync(name, ["rescue-settings", "#webhooks"]);
        await page.KeepAsync(name);
        await page.SetViewportSizeAsync(360, 900);
        await page.ExpectNoSidewaysScrollAsync();
        await page.SetViewportSizeAsync(1440, 900);
    }
}
