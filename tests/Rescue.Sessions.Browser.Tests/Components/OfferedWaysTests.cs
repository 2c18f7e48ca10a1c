using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Rescue.Sessions.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>What the console offers where the service has some of the ways, or none.</summary>
public class OfferedWaysTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("bounced", "email", """{"languages":["en"],"sms":null}""", "resend draft revoke")]
    [InlineData("bounced", "email", """{"languages":null,"sms":null}""", "revoke")]
    [InlineData("bounced", "email", """{"languages":null,"sms":{"languages":["en"]}}""", "revoke")]
    [InlineData("sent", "sms", """{"languages":["en"],"sms":{"languages":["en"]}}""", "resend revoke")]
    [InlineData("sent", "sms", """{"languages":["en"],"sms":null}""", "revoke")]
    public async Task Resend_IsOfferedWhereItsWayIsThere(string state, string channel, string ways, string offered)
    {
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full", "grace@example.org");
        // From then on no event brings its real invitation.
        await RunningHelpDesk.EventuallyAsync(async () =>
            (await session.SessionAsync()).GetProperty("invitation").GetProperty("state").ValueEquals("sent") ? true : (bool?)null);
        var page = await OpenAsync(ways, answer =>
        {
            answer["invitation"]!["channel"] = channel;
            answer["invitation"]!["state"] = state;
        });

        await page.Locator($"tr[data-id='{session.Id}'] .row-name").ClickAsync();

        await Expect(page.Locator("#details [data-action=revoke]")).ToBeVisibleAsync();
        await Expect(page.Locator("#details .fields")).ToContainTextAsync("grace@example.org");
        (await page.Locator("#details [data-action]").EvaluateAllAsync<string[]>("buttons => buttons.map(button => button.dataset.action)"))
            .Where(action => action is "resend" or "draft" or "revoke").Should().Equal(offered.Split(' '));
        await session.EndAsync();
    }

    [Theory]
    [InlineData(6, "en", "A longer PIN code, of 10 digits", 10)]
    [InlineData(9, "fr", "Un code PIN plus long, de 10 chiffres", 10)]
    [InlineData(10, "en", "A longer PIN code, of 12 digits", 12)]
    [InlineData(11, "nl", "Een langere pincode, van 12 cijfers", 12)]
    public async Task LongerPin_IsLongerThanTheUsualOne(int usual, string language, string said, int digits)
    {
        var page = await OpenAsync($$"""{"pinLength":{{usual}}}""", language: language);
        await OpenDialogAsync(page);
        await Expect(page.Locator("#longer-pin-label")).ToHaveTextAsync(said);
        await page.Locator("#longer-pin").CheckAsync();

        await page.Locator("#create-submit").ClickAsync();

        await Expect(page.Locator("#created-pin")).ToHaveTextAsync(new Regex($@"^\d{{{digits}}}$"));
    }

    [Fact]
    public async Task LongerPin_WhereThereIsNone_IsNotOffered()
    {
        var page = await OpenAsync("""{"pinLength":12}""");

        await OpenDialogAsync(page);

        await Expect(page.Locator("#panel-pin")).ToBeVisibleAsync();
        await Expect(page.Locator("#longer-pin")).ToBeHiddenAsync();
    }

    private static async Task OpenDialogAsync(IPage page)
    {
        await page.Locator("#new-session").ClickAsync();
        await page.Locator("#customer-name").FillAsync("Ada");
        await page.Locator("#tab-pin").ClickAsync();
    }

    /// <summary>A console of a service that has these ways, and whose sessions are changed like this.</summary>
    private async Task<IPage> OpenAsync(string ways, Action<JsonObject>? change = null, string language = "en")
    {
        var page = await browser.SignInAsync("full", language);
        await AnswerAsync(page, new("/rescue/me$"), answer =>
        {
            foreach (var (name, value) in JsonNode.Parse(ways)!.AsObject())
                answer[name] = value?.DeepClone();
        });
        if (change is not null)
        {
            await AnswerAsync(page, new("/rescue/sessions/[0-9a-f]{32}$"), change);
            await AnswerAsync(page, new(@"/rescue/sessions\?"), list =>
            {
                foreach (var session in list["items"]!.AsArray().Where(session => session!["invitation"] is not null))
                    change(session!.AsObject());
            });
        }

        await page.ReloadAsync();
        await page.SettleAsync();
        return page;
    }

    private static async Task AnswerAsync(IPage page, Regex address, Action<JsonObject> change) => await page.RouteAsync(address, async route =>
    {
        var answer = await route.FetchAsync();
        var changed = JsonNode.Parse(await answer.TextAsync())!.AsObject();
        change(changed);
        await route.FulfillAsync(new() { Response = answer, Body = changed.ToJsonString() });
    });
}
