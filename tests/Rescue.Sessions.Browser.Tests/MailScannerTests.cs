using System.Net;
using System.Text;
using Microsoft.Playwright;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>
/// The machines that open mail before people do: they ask for the head, fetch again and again, rewrite links, run scripts, press every button and submit every
/// form. Then comes the customer, and finds all as it was.
/// </summary>
public class MailScannerTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string SubmitUnfilled = "for (const form of document.forms) { form.noValidate = true; form.requestSubmit(); }";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/Customer/Code.aspx", Devices.Windows, true)]
    [InlineData("/Customer/Code.aspx", Devices.IPhone, false)]
    [InlineData("/Customer/browser", Devices.IPhone, false)]
    [InlineData("/Customer/browser", Devices.Windows, true)]
    [InlineData("/Customer/decline", Devices.IPhone, false)]
    public async Task Scanner_WhateverItDoes_UsesNothingUp_AndThenTheCustomerJoins(string path, string userAgent, bool runsProgram)
    {
        TestServer.Chromium.Require();
        var session = await JoinedInBrowser.CreateAsync(browser.Desk);
        var before = await session.PictureAsync();

        await FetchAsync(path + session.Query);
        await PressEverythingAsync(path + session.Query, userAgent);
        // The browser's page takes the PIN alone as well.
        if (path == "/Customer/browser")
            await PressEverythingAsync($"{path}?Code={session.Pin}", userAgent);

        (await session.PictureAsync()).Should().Be(before);
        if (runsProgram)
        {
            await using var applet = browser.Desk.RunApplet(
                await browser.Desk.DownloadAppletAsync("/Customer/applet/linux" + session.Query), "--language", "en");
            await applet.ExpectAsync("Waiting for a technician");
            await session.EndAsync();
            return;
        }

        var human = await browser.OpenAsync("en", 390, 844, userAgent: userAgent, hasTouch: true);
        await human.GotoAsync("/Customer/browser" + session.Query);
        await session.JoinAsync(human);
    }

    /// <summary>As filters and previews do: head, again and again, and with what they make of an address.</summary>
    private async Task FetchAsync(string address)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, address);
        (await browser.Desk.Customer.SendAsync(head, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
        for (var time = 0; time < 20; time++)
            (await browser.Desk.Customer.GetAsync(address, Cancelled)).StatusCode.Should().Be(HttpStatusCode.OK);
        var token = address[(address.IndexOf("&k=", StringComparison.Ordinal) + 3)..];
        foreach (var rewritten in (string[])[
            address + "&utm_source=scanner", address + ".", address + "%20", address.Replace("&", "&amp;", StringComparison.Ordinal),
            address.Replace(token, token.ToUpperInvariant(), StringComparison.Ordinal)])
        {
            using var answer = await browser.Desk.Customer.GetAsync(rewritten, Cancelled);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, rewritten);
        }

        using var empty = await browser.Desk.Customer.PostAsync(
            address.Replace("/Code.aspx", "", StringComparison.Ordinal), new StringContent("Code=", Encoding.UTF8, "application/x-www-form-urlencoded"), Cancelled);
        ((int)empty.StatusCode).Should().BeInRange(400, 499);
    }

    private async Task PressEverythingAsync(string address, string userAgent)
    {
        var scanner = await browser.OpenAsync("en", 390, 844, userAgent: userAgent);
        await scanner.GotoAsync(address);
        var targets = await scanner.Locator("a, button").CountAsync();
        targets.Should().BeGreaterThan(0);
        for (var place = 0; place < targets; place++)
        {
            await ReturnAsync(scanner, address);
            await PressAsync(scanner, scanner.Locator("a, button").Nth(place));
        }

        await ReturnAsync(scanner, address);
        if (await scanner.Locator("form").CountAsync() == 0)
            return;
        await scanner.EvaluateAsync(SubmitUnfilled);
        await Expect(scanner.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    // Hidden buttons too, for a script presses them all.
    private static async Task PressAsync(IPage scanner, ILocator target)
    {
        var href = await target.GetAttributeAsync("href");
        // A draft or a call is a program's, and no request.
        if (href is null || href.StartsWith("mailto:", StringComparison.Ordinal) || href.StartsWith("tel:", StringComparison.Ordinal))
            await target.DispatchEventAsync("click");
        else if (href.Contains("/applet/", StringComparison.Ordinal))
            await (await scanner.RunAndWaitForDownloadAsync(() => target.DispatchEventAsync("click"))).CancelAsync();
        else
            await scanner.GotoAsync(href);
    }

    // What was pressed last may only now set out for its own page, and breaks off the way back.
    private static async Task ReturnAsync(IPage scanner, string address)
    {
        try
        {
            await scanner.GotoAsync(address);
        }
        catch (PlaywrightException broken) when (
            broken.Message.Contains("net::ERR_ABORTED", StringComparison.Ordinal) || broken.Message.Contains("is interrupted by another navigation", StringComparison.Ordinal))
        {
            await scanner.ExpectLoadedAsync();
            await scanner.GotoAsync(address);
        }
    }
}
