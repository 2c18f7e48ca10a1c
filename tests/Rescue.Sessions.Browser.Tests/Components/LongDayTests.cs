using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests.Components;

/// <summary>A console that stands open while the line, the computer's clock and the page around it come and go.</summary>
public class LongDayTests(PatientBrowser browser) : IClassFixture<PatientBrowser>
{
    [Theory]
    [InlineData("again")]
    [InlineData("anew")]
    [InlineData("in French")]
    public async Task Messages_AfterADialogWentWithItsElement_AreSeen(string shown)
    {
        var page = await browser.SignInAsync("full");
        await page.Locator("#new-session").ClickAsync();
        await Expect(page.Locator("#customer-name")).ToBeFocusedAsync();

        // As a host's router does, or one that changes the language.
        await page.EvaluateAsync(
            """
            async shown => {
              let element = document.querySelector('rescue-sessions');
              const { parentNode } = element;
              if (shown === 'in French')
                element.setAttribute('lang', 'fr');
              else {
                element.remove();
                if (shown === 'anew')
                  element = element.cloneNode();
                parentNode.append(element);
              }
              await element.ready;
              element.toast('Somebody waits');
            }
            """,
            shown);

        await page.ExpectToastAsync("Somebody waits");
        await page.Locator("#new-session").ClickAsync();
        await Expect(page.Locator("#customer-name")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("() => document.querySelector('rescue-sessions').toast('And another')");
        await page.ExpectToastAsync("And another");
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(30)]
    public async Task Clock_OfTheComputerThatIsPutRight_CountsAsTheServersAgain(int seconds)
    {
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();

        var away = await page.EvaluateAsync<double[]>(
            """
            seconds => {
              const { clock } = document.querySelector('rescue-sessions').desk;
              return [seconds, null, 0].map(ahead => {
                clock.learn(ahead === null ? null : new Date(Date.now() + ahead * 1000).toUTCString());
                return (clock.now - Date.now()) / 1000;
              });
            }
            """,
            seconds);

        away[0].Should().BeApproximately(seconds, 2);
        away[1].Should().BeApproximately(seconds, 2, "an answer without a date says nothing");
        away[2].Should().BeApproximately(0, 2);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("waiting")]
    [InlineData("onHold")]
    public async Task Sessions_WhoseEndWasMissed_HaveNoTabAndDoNotWait(string filter)
    {
        await EndAllAsync();
        var waiting = await WaitingCustomer.ArriveAsync(browser.Desk, $"Gone {filter}");
        var active = await WaitingCustomer.ArriveAsync(browser.Desk, $"Helped {filter}");
        await ActAsync($"/rescue/sessions/{active}/start");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(1\) "));
        await Expect(page.Locator("#active")).ToContainTextAsync($"Helped {filter}");
        if (filter != "open")
            await page.Locator("#filter").SelectOptionAsync(filter);

        await page.EvaluateAsync("() => { document.querySelector('rescue-sessions').desk.sessions.hear = () => {}; }");
        await ActAsync($"/rescue/sessions/{waiting}/close");
        await ActAsync($"/rescue/sessions/{active}/close");
        await page.EvaluateAsync(
            "() => { const { sessions, live } = document.querySelector('rescue-sessions').desk; delete sessions.hear; live.dispatchEvent(new CustomEvent('return', { detail: {} })); }");

        await Expect(page.Locator("#active")).ToBeHiddenAsync();
        await Expect(page).Not.ToHaveTitleAsync(new Regex(@"^\("));
    }

    [Fact]
    public async Task Details_OfASessionWhoseEndWasMissed_ShowHowItEnded()
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "Missed");
        await ActAsync($"/rescue/sessions/{id}/start");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "active");
        // No list has a history: the answer is here.
        await Expect(page.Locator("#details .history li").First).ToBeVisibleAsync();

        await page.EvaluateAsync("() => { document.querySelector('rescue-sessions').desk.sessions.hear = () => {}; }");
        await ActAsync($"/rescue/sessions/{id}/close");
        var held = await HeldAnswers.OfAsync(page, new($"/rescue/sessions/{id}$"));
        await page.EvaluateAsync(
            "() => { const { sessions, live } = document.querySelector('rescue-sessions').desk; delete sessions.hear; live.dispatchEvent(new CustomEvent('return', { detail: {} })); }");
        await held.OnTheirWayAsync();
        await Expect(page.Locator($"#sessions tr[data-id='{id}']")).ToHaveCountAsync(0);
        await held.ArriveAsync();

        await Expect(page.Locator("#details .chip").First).ToHaveAttributeAsync("data-status", "closed");
    }

    [Theory]
    [InlineData("told")]
    [InlineData("asked")]
    [InlineData("both")]
    public async Task Details_OfASessionThatIsErased_AreGoneInAPageOfTheHost(string how)
    {
        var name = $"Erased {how}";
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        await ActAsync($"/rescue/sessions/{id}/close");
        var page = await browser.SignInAsync("full");
        var foreign = new ForeignPage(page);
        await foreign.OpenAsync($"""<rescue-session session-id="{id}"></rescue-session>""");
        await Expect(page.Locator("#details-title")).ToHaveTextAsync(name);
        await page.EvaluateAsync("() => { globalThis.told = []; addEventListener('rescue-close', event => told.push(event.detail.session)); }");
        var held = how == "told" ? null : await HeldAnswers.OfAsync(page, new($"/rescue/sessions/{id}$"));

        // What the server knows no more, no answer brings back.
        await ActAsync("/rescue/customers/erase", new { customer = name }, "admin");
        await page.EvaluateAsync(
            """
            ([id, how]) => {
              const { live, sessions } = document.querySelector('rescue-session').desk;
              if (how !== 'asked')
                live.dispatchEvent(new CustomEvent('session', { detail: { sessionId: id, session: null } }));
              if (how !== 'told')
                live.dispatchEvent(new CustomEvent('return', { detail: {} }));
              for (let happened = 0; happened < 3; happened++)
                sessions.dispatchEvent(new Event('change'));
            }
            """,
            new[] { id, how });

        if (held is not null)
        {
            await held.OnTheirWayAsync();
            await held.ArriveAsync();
        }

        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
        (await page.EvaluateAsync<string[]>("told")).Should().Equal(id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Details_OfASessionThatIsNoMore_SaySoAndClose(bool isShown)
    {
        var name = $"No more {isShown}";
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, name);
        await ActAsync($"/rescue/sessions/{id}/close");
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        const string Open = "id => { location.hash = `session=${id}`; }";
        if (isShown)
        {
            await page.EvaluateAsync(Open, id);
            await Expect(page.Locator("#details-title")).ToHaveTextAsync(name);
        }

        await ActAsync("/rescue/customers/erase", new { customer = name }, "admin");
        if (isShown)
            await page.EvaluateAsync("() => document.querySelector('rescue-sessions').desk.live.dispatchEvent(new CustomEvent('return', { detail: {} }))");
        else
            await page.EvaluateAsync(Open, id);

        await page.ExpectToastAsync("There is no such session any more.");
        await Expect(page.Locator("#details-title")).ToHaveCountAsync(0);
        page.Url.Should().NotContain(id);
    }

    [Theory]
    [InlineData("open", 3000, 300)]
    [InlineData("waiting", 3000, 300)]
    public async Task Sessions_OfAWholeWeek_AreNotKept(string filter, int many, int most)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, "One of many");
        var page = await browser.SignInAsync("full");
        await page.Locator("#live[data-state=live]").WaitForAsync();
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveTextAsync("One of many");
        await page.Locator("#filter").SelectOptionAsync(filter);
        await Expect(page.Locator("#loading")).ToBeHiddenAsync();

        var kept = await page.EvaluateAsync<int>(
            """
            ([id, many]) => {
              const { sessions, live } = document.querySelector('rescue-sessions').desk;
              const one = sessions.find(id);
              for (let number = 0; number < many; number++) {
                const other = `${id.slice(0, -6)}${String(number).padStart(6, '0')}`;
                for (const status of ['waiting', 'closed'])
                  live.dispatchEvent(new CustomEvent('session', {
                    detail: { sessionId: other, kind: 'transition', session: { ...one, id: other, status, version: status === 'waiting' ? 1 : 2, permitted: [] } },
                  }));
              }
              return sessions.all.length;
            }
            """,
            new object[] { id, many });

        kept.Should().BeLessThan(most);
        await Expect(page.Locator("#details-title")).ToHaveTextAsync("One of many");
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(700, 500)]
    public async Task Sessions_UnderWay_AreAllKnownToANarrowedConsole(int many, int known)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"One of {many}");
        var page = await browser.SignInAsync("full");
        await page.SettleAsync();
        await Expect(page.Locator($"tr[data-id='{id}']")).ToBeVisibleAsync();

        // As the service answers: 50 where no limit is said, and never more than 100.
        var (found, isFirstKnown) = await page.EvaluateAsync<JsonElement>(
            """
            async ([id, many]) => {
              const { service, sessions } = document.querySelector('rescue-sessions').desk;
              const one = sessions.find(id);
              const all = Array.from({ length: many }, (_, number) => ({ ...one, id: `${id.slice(0, -6)}${String(number).padStart(6, '0')}`, version: 1, permitted: [] }));
              service.get = async path => {
                const query = new URLSearchParams(path.split('?')[1]);
                const from = Number(query.get('after') ?? 0);
                const to = from + Math.min(100, Number(query.get('limit') ?? 50));
                return { ok: true, status: 200, moment: Infinity, data: { items: all.slice(from, to), next: to < many ? String(to) : null } };
              };
              await sessions.loadPresent();
              return [all.filter(other => sessions.find(other.id)).length, sessions.find(id) !== undefined];
            }
            """,
            new object[] { id, many }) is var answer ? (answer[0].GetInt32(), answer[1].GetBoolean()) : default;

        found.Should().Be(known);
        isFirstKnown.Should().Be(known < many, "what is in no answer has gone where all have come");
    }

    [Theory]
    [InlineData("getItem", "SecurityError")]
    [InlineData("setItem", "QuotaExceededError")]
    public async Task Switches_OfABrowserThatKeepsNothing_HoldAsLongAsThePage(string refused, string error)
    {
        var page = await browser.SignInAsync("full");
        await page.AddInitScriptAsync($"Storage.prototype.{refused} = () => {{ throw new DOMException('No', '{error}'); }};");
        await page.ReloadAsync();

        var sound = page.Locator("#sound");
        await sound.ClickAsync();
        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "true");
        await sound.ClickAsync();

        await Expect(sound).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("nl")]
    public async Task Times_AfterTheLanguageHasChanged_AreWrittenInTheNewOneAlone(string language)
    {
        var id = await WaitingCustomer.ArriveAsync(browser.Desk, $"Long ago {language}");
        var page = await browser.SignInAsync("full");
        await page.Locator($"tr[data-id='{id}'] .row-name").ClickAsync();
        await Expect(page.Locator("#details-title")).ToHaveTextAsync($"Long ago {language}");

        // What is a matter of days is written once; the former view would write it every second.
        var written = await page.EvaluateAsync<int>(
            """
            async language => {
              const element = document.querySelector('rescue-sessions');
              element.setAttribute('lang', language);
              await element.ready;
              // A place of its own: whatever is asked for meanwhile writes the rows' times anew.
              const place = document.createElement('span');
              place.dataset.since = new Date(Date.now() - 50.5 * 3600_000).toISOString();
              element.shadowRoot.querySelector('#sessions').append(place);
              let written = 0;
              const watch = new MutationObserver(records => { written += records.length; });
              watch.observe(place, { childList: true, characterData: true, subtree: true });
              const { everySecond } = await import('/_content/Rescue.Sessions.Components/rescue-sessions.js');
              let ticks = 0;
              await new Promise(done => everySecond(() => ++ticks < 4 || done()));
              return written;
            }
            """,
            language);

        written.Should().Be(1);
    }

    private async Task EndAllAsync()
    {
        var client = await browser.Desk.SignInAsync("full");
        var open = await client.GetFromJsonAsync<JsonElement>("/rescue/sessions?status=waiting,active", TestContext.Current.CancellationToken);
        foreach (var session in open.GetProperty("items").EnumerateArray())
            await ActAsync($"/rescue/sessions/{session.GetProperty("id").GetString()}/close");
    }

    private async Task ActAsync(string address, object? body = null, string signIn = "full")
    {
        var client = await browser.Desk.SignInAsync(signIn);
        using var answer = await client.PostAsJsonAsync(address, body ?? new { }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
