using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rescue.Sessions.Email.Dkim;
using Rescue.Sessions.TestHost;

namespace HelpDesk.Tests.Organizations;

/// <summary>The sample's two organisations, over HTTP and to the bytes that its mail server received.</summary>
public sealed class SampleOrganizationsTests
{
    private const string Settings = "/rescue/settings/organization";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Globex_SpeaksInItsOwnName_AtThePortThatIsListenedOn()
    {
        await using var desk = await RunningHelpDesk.StartAsync();
        var address = $"http://globex.localhost:{desk.Address.Port}/";
        var globex = await desk.SignInAsync("globex");
        var acme = await desk.SignInAsync("full");

        var created = await InviteAsync(globex, "client@example.net");
        await InviteAsync(acme, "customer@example.net");

        created.GetProperty("link").GetString().Should().StartWith($"{address}Customer/Code.aspx?i=2&Code=");
        var theirs = await RawAsync(desk, "client@example.net");
        Unfolded(theirs, "From").Should().Contain("=?utf-8?").And.EndWith("<assistance@globex.example>");
        Unfolded(theirs, "Reply-To").Should().EndWith("<gaelle.moreau@globex.example>");
        Unfolded(theirs, "Message-Id").Should().EndWith("@globex.example>");
        Unfolded(theirs, "Content-Language").Should().Be("fr");
        theirs.Should().NotContain("acme", "nothing of one organisation reaches another").And.Contain("globex.localhost");
        var ours = await RawAsync(desk, "customer@example.net");
        Unfolded(ours, "From").Should().Be("\"Alice Martin, Acme Support\" <support@acme.example>");
        Unfolded(ours, "Message-Id").Should().EndWith("@acme.example>");
        Unfolded(ours, "Content-Language").Should().Be("en");
        ours.Should().NotContain("lobex").And.NotContain("7a1fa2");
    }

    [Fact]
    public async Task Signatures_OfTwoOrganizations_AreEachMadeInTheNameAndByTheKeyOfItsOwn()
    {
        var (acmeKey, globexKey, globexEd25519) = (TestKey.Rsa(), TestKey.Rsa(), TestKey.Ed25519());
        using var keys = new TemporaryFolder();
        await using var desk = await RunningHelpDesk.StartAsync(
        [
            .. Dkim(0, "acme.example", "a2026", KeyFile(keys, "acme", acmeKey)),
            .. Dkim(1, "globex.example", "g2026", KeyFile(keys, "globex", globexKey)),
            .. Dkim(2, "globex.example", "g2026e", KeyFile(keys, "globex-ed25519", globexEd25519)),
        ]);

        await InviteAsync(await desk.SignInAsync("globex"), "client@example.net");
        await InviteAsync(await desk.SignInAsync("full"), "customer@example.net");

        var theirs = await BytesAsync(desk, "client@example.net");
        var ours = await BytesAsync(desk, "customer@example.net");
        var signatures = DkimVerifier.Signatures(theirs);
        signatures.Select(tags => (tags["d"], tags["s"], tags["a"])).Should().BeEquivalentTo(
            ((string, string, string)[])[("globex.example", "g2026", "rsa-sha256"), ("globex.example", "g2026e", "ed25519-sha256")]);
        foreach (var (tags, place) in signatures.Select((tags, place) => (tags, place)))
            DkimVerifier.Verify(theirs, place, tags["s"] == "g2026" ? globexKey.Public : globexEd25519.Public).Should().BeTrue(tags["s"]);
        DkimVerifier.Signatures(ours).Select(tags => (tags["d"], tags["s"])).Should().Equal(("acme.example", "a2026"));
        DkimVerifier.Verify(ours, 0, acmeKey.Public).Should().BeTrue();
        DkimVerifier.Verify(ours, 0, globexKey.Public).Should().BeFalse();
        DkimVerifier.Verify([.. theirs, .. "\r\nmore"u8], 0, globexKey.Public).Should().BeFalse();
        Encoding.Latin1.GetString(theirs).Should().Contain("Content-Type: image/png", "the logo is signed with the rest");
        Encoding.Latin1.GetString(ours).Should().NotContain("Content-Type: image/");
    }

    [Fact]
    public async Task Inbox_ShowsTheLogoThatAMessageBringsAlong()
    {
        await using var desk = await RunningHelpDesk.StartAsync();
        await InviteAsync(await desk.SignInAsync("globex"), "client@example.net");
        var mail = await desk.MailToAsync("client@example.net");

        mail.GetProperty("html").GetString().Should().Contain("src=\"cid:").And.NotContain("data:image");
        (await desk.Customer.GetStringAsync($"/inbox/{mail.GetProperty("id").GetString()}/html", Cancellation)).Should().Contain("src=\"data:image/png;base64,").And.NotContain("cid:");
    }

    [Fact]
    public async Task Link_OfOne_OnTheOthersAddress_LeadsToItsOwn()
    {
        await using var desk = await RunningHelpDesk.StartAsync();
        var globex = (await CreateAsync(await desk.SignInAsync("globex"))).GetProperty("link").GetString()!;
        var acme = (await CreateAsync(await desk.SignInAsync("full"))).GetProperty("link").GetString()!;
        var globexHost = $"globex.localhost:{desk.Address.Port}";

        (await LocationAsync(desk, globex, desk.Address.Authority)).Should().StartWith(globex);
        (await LocationAsync(desk, acme, globexHost)).Should().StartWith(acme);
        (await LocationAsync(desk, globex, globexHost)).Should().BeNull();
        (await LocationAsync(desk, acme, desk.Address.Authority)).Should().BeNull();
        (await LocationAsync(desk, globex, "evil.example")).Should().BeNull();
    }

    [Fact]
    public async Task Administrator_SetsTheirOwn_AndNothingOfTheOthers()
    {
        await using var host = new HelpDeskHost();
        using var admin = await SignInAsync(host, "admin");
        using var other = await SignInAsync(host, "globex-admin");

        foreach (var body in (object[])
            [
                new { publicBaseUri = "http://globex.localhost:5080" }, new { publicBaseUri = "http://help.globex.example" }, new { senderAddress = "ceo@globex.example" },
            ])
        {
            (await admin.PutAsJsonAsync(Settings, body, Cancellation)).StatusCode.Should().Be(HttpStatusCode.BadRequest, body.ToString());
        }

        (await other.PutAsJsonAsync(Settings, new { senderAddress = "ceo@acme.example" }, Cancellation)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await other.PutAsJsonAsync(Settings, new { publicBaseUri = "http://127.0.0.1:5080/other/" }, Cancellation)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await admin.PutAsJsonAsync(Settings, new { name = "Acme Rescue", senderAddress = "rescue@acme.example", accentColor = "#00695c" }, Cancellation)).StatusCode
            .Should().Be(HttpStatusCode.OK);
        using var customer = host.Browser();
        (await customer.GetStringAsync("/Customer", Cancellation)).Should().Contain("<bdi>Acme Rescue</bdi>").And.Contain("--accent: #00695c");
        (await customer.GetStringAsync("http://globex.localhost:5080/Customer", Cancellation)).Should().Contain("<bdi>Globex</bdi>").And.Contain("<html lang=\"fr\"");
        (await other.GetFromJsonAsync<JsonElement>(Settings, Cancellation)).GetProperty("effective").GetProperty("name").GetString().Should().Be("Globex");
    }

    [Fact]
    public async Task Technicians_OfTheOther_DoNotExistForAnAdministrator()
    {
        await using var host = new HelpDeskHost();
        using var other = await SignInAsync(host, "globex-admin");

        var page = await other.GetStringAsync("/technicians", Cancellation);
        page.Should().Contain("data-id=\"globex\"").And.NotContain("data-id=\"full\"");
        (await other.PostAsync("/technicians/full/disable", HelpDeskHost.Form("", ""), Cancellation)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var full = await SignInAsync(host, "full");
        (await full.GetStringAsync("/rescue/colleagues", Cancellation)).Should().Contain("\"mobile\"").And.NotContain("globex", "a session is not offered to another organisation");
    }

    private static async Task<HttpClient> SignInAsync(HelpDeskHost host, string technician)
    {
        var client = host.Browser();
        (await client.PostAsync("/signin", HelpDeskHost.Form("technician", technician), Cancellation)).StatusCode.Should().Be(HttpStatusCode.Redirect);
        return client;
    }

    private static Task<JsonElement> InviteAsync(HttpClient technician, string to) =>
        PostAsync(technician, new { customerName = "Grace Hopper", email = new { delivery = "onMyBehalf", to } });

    private static Task<JsonElement> CreateAsync(HttpClient technician) => PostAsync(technician, new { customerName = "Grace Hopper" });

    private static async Task<JsonElement> PostAsync(HttpClient technician, object body)
    {
        using var answer = await technician.PostAsJsonAsync("/rescue/sessions", body, Cancellation);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private static (string, string)[] Dkim(int place, string domain, string selector, string keyFile) =>
    [
        ($"Rescue__Email__Dkim__{place}__Domain", domain), ($"Rescue__Email__Dkim__{place}__Selector", selector), ($"Rescue__Email__Dkim__{place}__KeyFile", keyFile),
    ];

    private static string KeyFile(TemporaryFolder keys, string name, TestKey key)
    {
        var file = Path.Combine(keys.Path, $"{name}.pem");
        File.WriteAllText(file, key.Pem);
        return file;
    }

    private static async Task<byte[]> BytesAsync(RunningHelpDesk desk, string to) =>
        await desk.Customer.GetByteArrayAsync((await desk.MailToAsync(to)).GetProperty("raw").GetString(), Cancellation);

    private static async Task<string> RawAsync(RunningHelpDesk desk, string to)
    {
        var mail = await desk.MailToAsync(to);
        return await desk.Customer.GetStringAsync(mail.GetProperty("raw").GetString(), Cancellation);
    }

    // RFC 5322, section 2.2.3: a header goes on where the next line begins with a blank.
    private static string Unfolded(string raw, string header) =>
        Regex.Match(raw.ReplaceLineEndings("\n"), $@"^{header}: ((?:.|\n[ \t])*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase).Groups[1].Value.Replace("\n", "", StringComparison.Ordinal);

    private static async Task<string?> LocationAsync(RunningHelpDesk desk, string link, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(desk.Address, new Uri(link).PathAndQuery));
        request.Headers.Host = host;
        using var answer = await desk.Customer.SendAsync(request, Cancellation);
        if (answer.StatusCode == HttpStatusCode.OK)
            return null;
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        return answer.Headers.Location!.AbsoluteUri;
    }
}
