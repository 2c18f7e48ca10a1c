using System.Net.Http.Json;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.WholePath;

/// <summary>The nine steps with nothing replaced: the sample's process, its mail server, and the applet that a customer downloads.</summary>
public class WholePathTests(SharedHelpDesk shared) : IClassFixture<SharedHelpDesk>
{
    private const string LinuxBrowser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Theory]
    [InlineData("en", "would like to help you", "Waiting for a technician", "Alice Martin has started the session")]
    [InlineData("fr", "souhaite vous aider", "technicien", "Alice Martin")]
    public async Task OnMyBehalf_FromNewSessionToActive_Works(string language, string subject, string waiting, string started)
    {
        var desk = shared.Desk;
        var technician = await desk.SignInAsync("full");

        var address = $"ada.{language}@example.org";
        var created = await CreateAsync(technician, new
        {
            customerName = "Ada Lovelace", reference = "T-42", email = new { delivery = "onMyBehalf", to = address, language },
        });
        var id = created.GetProperty("id").GetString()!;
        created.GetProperty("status").GetString().Should().Be("connecting");

        var mail = await desk.MailToAsync(address);
        mail.GetProperty("subject").GetString().Should().Contain(subject);
        mail.GetProperty("from").GetString().Should().Contain("Alice Martin, Acme Support").And.Contain("support@acme.example");
        mail.GetProperty("replyTo").GetString().Should().Contain("alice.martin@acme.example");
        var link = Regex.Match(mail.GetProperty("text").GetString()!, @"^http://\S+$", RegexOptions.Multiline).Value;
        link.Should().Be(created.GetProperty("link").GetString());

        var folder = await desk.DownloadAppletAsync(await OfferedDownloadAsync(desk, link, language));
        await using var applet = desk.RunApplet(folder, "--leave-on-eof", "--language", language);
        await applet.ExpectAsync(waiting);
        (await SessionAsync(technician, id)).GetProperty("status").GetString().Should().Be("waiting");
        (await SessionAsync(technician, id)).GetProperty("invitation").GetProperty("state").GetString().Should().Be("joined");

        var active = await PostAsync(technician, $"/rescue/sessions/{id}/start", HttpStatusCode.OK);
        active.GetProperty("status").GetString().Should().Be("active");
        active.GetProperty("handOver").GetProperty("secret").GetString().Should().HaveLength(22);
        await applet.ExpectAsync(started);

        applet.CloseInput();
        (await applet.ExitCodeAsync()).Should().Be(0);
        var closed = await SessionAsync(technician, id);
        closed.GetProperty("status").GetString().Should().Be("closed");
        closed.GetProperty("endReason").GetString().Should().Be("byCustomer");
        closed.GetProperty("history").EnumerateArray()
            .Select(entry => entry.GetProperty("trigger").GetString())
            .OfType<string>()
            .Should().Equal("join", "ready", "start", "leave");
    }

    [Fact]
    public async Task DefaultMailClient_Draft_CarriesALinkThatWorks()
    {
        var desk = shared.Desk;
        var technician = await desk.SignInAsync("own-client");

        var created = await CreateAsync(technician, new { customerName = "Ada", email = new { delivery = "defaultMailClient", to = "ada@example.org", language = "fr" } });

        var invitation = created.GetProperty("invitation");
        invitation.GetProperty("state").GetString().Should().Be("drafted");
        invitation.GetProperty("eml").GetString().Should().StartWith("X-Unsent: 1\r\n");
        var mailto = invitation.GetProperty("mailto").GetString()!;
        mailto.Should().StartWith("mailto:ada@example.org?subject=");
        var link = Regex.Match(Uri.UnescapeDataString(mailto), @"^http://\S+?(?=\r?$)", RegexOptions.Multiline).Value;
        link.Should().Be(created.GetProperty("link").GetString());
        await using var applet = desk.RunApplet(await desk.DownloadAppletAsync(await OfferedDownloadAsync(desk, link, "fr")));
        await applet.ExpectAsync("technicien|technician");
    }

    [Fact]
    public async Task TypedPin_DownloadWithoutToken_AppletAsksForThePin()
    {
        var desk = shared.Desk;
        var technician = await desk.SignInAsync("no-email");
        var created = await CreateAsync(technician, new { customerName = "Ada" });

        await using var applet = desk.RunApplet(await desk.DownloadAppletAsync("/Customer/applet/linux"), "--language", "en");
        await applet.ExpectAsync("Type the PIN");
        await applet.WriteLineAsync(created.GetProperty("pin").GetString()!);
        await applet.ExpectAsync("Waiting for a technician");

        (await SessionAsync(technician, created.GetProperty("id").GetString()!)).GetProperty("status").GetString().Should().Be("waiting");
    }

    [Fact]
    public async Task Applet_KilledAndStartedAgain_ComesBackToItsSession()
    {
        var desk = shared.Desk;
        var technician = await desk.SignInAsync("full");
        var created = await CreateAsync(technician, new { customerName = "Ada" });
        var id = created.GetProperty("id").GetString()!;
        var folder = await desk.DownloadAppletAsync("/Customer/applet/linux" + new Uri(created.GetProperty("link").GetString()!).Query);
        await using (var first = desk.RunApplet(folder, "--language", "en"))
        {
            await first.ExpectAsync("Waiting for a technician");
            await PostAsync(technician, $"/rescue/sessions/{id}/start", HttpStatusCode.OK);
            await first.ExpectAsync("has started");
            await PostAsync(technician, $"/rescue/sessions/{id}/reboot", HttpStatusCode.OK);
            first.Kill();
        }

        await using var second = desk.RunApplet(folder, "--language", "en");
        await second.ExpectAsync("has started");

        var session = await SessionAsync(technician, id);
        session.GetProperty("status").GetString().Should().Be("active");
        session.GetProperty("owner").GetProperty("id").GetString().Should().Be("full");
    }

    [Theory]
    [InlineData("no-email", "onMyBehalf", false, "emailConnection,emailOnBehalf")]
    [InlineData("own-client", "onMyBehalf", false, "emailOnBehalf")]
    [InlineData("full", "onMyBehalf", true, "mobileAddOn")]
    [InlineData("no-email", "defaultMailClient", true, "emailConnection,emailDefaultClient,mobileAddOn")]
    public async Task SignIn_WithoutTheRights_IsRefusedWithAllOfThem(string signIn, string delivery, bool forMobileDevice, string missing)
    {
        var desk = shared.Desk;
        var technician = await desk.SignInAsync(signIn);

        var answer = await technician.PostAsJsonAsync(
            "/rescue/sessions", new { customerName = $"Nobody of {missing}", email = new { delivery, to = "nobody@example.org", forMobileDevice } }, Cancelled);

        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        problem.GetProperty("missingRights").EnumerateArray().Select(right => right.GetString()).Should().Equal(missing.Split(','));
        (await technician.GetFromJsonAsync<JsonElement>("/rescue/sessions?search=Nobody", Cancelled)).GetProperty("items").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task MailServer_OutOfReach_SessionIsMadeAndItsInvitationTells()
    {
        await using var desk = await RunningHelpDesk.StartAsync(("Smtp__Host", "127.0.0.1"), ("Smtp__Port", "9"), ("Smtp__Security", "None"));
        var technician = await desk.SignInAsync("full");

        var created = await CreateAsync(technician, new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" } });

        var invitation = await RunningHelpDesk.EventuallyAsync(async () =>
        {
            var now = (await SessionAsync(technician, created.GetProperty("id").GetString()!)).GetProperty("invitation");
            return now.GetProperty("state").GetString() == "deferred" ? now : (JsonElement?)null;
        });
        invitation.GetProperty("reason").GetString().Should().NotBeNullOrWhiteSpace().And.NotContain("ada@");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Opens the link as a browser does and finds the button of the page.</summary>
    private static async Task<string> OfferedDownloadAsync(RunningHelpDesk desk, string link, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.UserAgent.ParseAdd(LinuxBrowser);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var page = await desk.Customer.SendAsync(request);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Content.Headers.ContentLanguage.Should().Equal(language);
        var markup = await page.Content.ReadAsStringAsync();
        return WebUtility.HtmlDecode(Regex.Match(markup, "class=\"button\" href=\"([^\"]+)\"").Groups[1].Value);
    }

    private static async Task<JsonElement> CreateAsync(HttpClient technician, object body)
    {
        var answer = await technician.PostAsJsonAsync("/rescue/sessions", body);
        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> PostAsync(HttpClient technician, string path, HttpStatusCode expected)
    {
        var answer = await technician.PostAsync(path, null);
        answer.StatusCode.Should().Be(expected, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<JsonElement> SessionAsync(HttpClient technician, string id) => technician.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}");
}
