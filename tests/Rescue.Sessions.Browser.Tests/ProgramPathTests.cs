using System.IO.Compression;
using Microsoft.Playwright;
using Rescue.Sessions.TestServers;
using static Microsoft.Playwright.Assertions;

namespace Rescue.Sessions.Browser.Tests;

/// <summary>The customer with a computer, from the mail to Active by the program, in their language; one of them has a browser that runs no script.</summary>
public class ProgramPathTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("en", true, "Download for Linux", "Waiting for a technician", "has started the session", "The technician has ended the session")]
    [InlineData("fr", false, "Télécharger pour Linux", "En attente d'un technicien", "a démarré la session", "Le technicien a mis fin à la session")]
    public async Task FromTheMailToActive(string language, bool runsScripts, string button, string waiting, string started, string ended)
    {
        TestServer.Chromium.Require();
        var address = $"grace.program.{language}@example.org";
        var session = await JoinedInBrowser.CreateAsync(browser.Desk, "full", to: address, language: language);
        await browser.Desk.MailToAsync(address);
        var inbox = await browser.OpenAsync(language, runsScripts: runsScripts);
        await inbox.GotoAsync("/inbox");
        await inbox.Locator("a.mail", new() { HasText = address }).ClickAsync();
        await inbox.KeepAsync($"mail-{language}");
        var customer = await inbox.OpenLinkOfMailAsync("a.button");
        await Expect(customer.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(customer.Locator("a.button")).ToContainTextAsync(button);
        await Expect(customer.Locator("a.button small")).ToContainTextAsync("Acme Support (linux).zip");
        await customer.KeepAsync($"landing-program-{language}");

        var download = await customer.RunAndWaitForDownloadAsync(() => customer.Locator("a.button").ClickAsync());
        download.SuggestedFilename.Should().Be("Acme Support (linux).zip");
        var folder = Directory.CreateTempSubdirectory("rescue-download-");
        try
        {
            await ZipFile.ExtractToDirectoryAsync(await download.PathAsync(), folder.FullName, TestContext.Current.CancellationToken);
            await using var applet = browser.Desk.RunApplet(folder.FullName, "--language", language);
            await applet.ExpectAsync(waiting);
            await session.ActAsync("start");
            await applet.ExpectAsync(started);
            await session.ActAsync("close");
            await applet.ExpectAsync(ended);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
