using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rescue.Sessions.TestHost;
using Rescue.Sessions.TestServers;

namespace HelpDesk.Tests.WholePath;

/// <summary>The sample is killed, restarted and run in several copies.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task KilledSample_StartedAgain_HasTheSessionItsCodeAndItsQueuedMail()
    {
        string id, link;
        await using (var desk = await StartAsync(("Smtp__Host", "127.0.0.1"), ("Smtp__Port", "1"), ("Smtp__Security", "None")))
        {
            // Nobody listens there, so the mail waits in the outbox.
            var created = await CreateAsync(await desk.SignInAsync("full"), new { customerName = "Ada", email = new { delivery = "onMyBehalf", to = "ada@example.org" } });
            (id, link) = (created.GetProperty("id").GetString()!, created.GetProperty("link").GetString()!);
            desk.Kill();
        }

        await using var again = await StartAsync();
        var technician = await again.SignInAsync("full");

        var found = await technician.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", TestContext.Current.CancellationToken);
        found.GetProperty("status").GetString().Should().Be("connecting");
        var mail = await again.MailToAsync("ada@example.org");
        mail.GetProperty("text").GetString().Should().Contain(link[link.IndexOf("/Customer", StringComparison.Ordinal)..]);
        using var landing = await again.Customer.GetAsync(new Uri(link).PathAndQuery, TestContext.Current.CancellationToken);
        landing.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SeveralCopies_OnPostgreSql_AreOneHelpDesk()
    {
        TestServer.PostgreSql.Require();
        using var server = new PostgreSqlServer();
        var store = ("Store__ConnectionString", server.ConnectionString());
        await using var first = await StartAsync(store);
        await using var second = await StartAsync(store);
        var alice = await first.SignInAsync("full");
        var ben = await second.SignInAsync("mobile");
        using var stream = await OpenEventsAsync(ben);

        var created = await CreateAsync(alice, new { customerName = "Ada" });

        var id = created.GetProperty("id").GetString()!;
        await ReadUntilAsync(stream, id);
        using var joined = await second.Customer.PostAsJsonAsync(
            "/applet/join", new { pin = created.GetProperty("pin").GetString(), instance = "one" }, TestContext.Current.CancellationToken);
        joined.StatusCode.Should().Be(HttpStatusCode.OK, "a code made on one copy is good on the other");
        var seen = await alice.GetFromJsonAsync<JsonElement>($"/rescue/sessions/{id}", TestContext.Current.CancellationToken);
        seen.GetProperty("history").GetArrayLength().Should().Be(2);
    }

    private Task<RunningHelpDesk> StartAsync(params (string, string)[] settings) =>
        RunningHelpDesk.StartAsync([("Data__Folder", folder.Path), .. settings]);

    private static async Task<JsonElement> CreateAsync(HttpClient technician, object body)
    {
        using var answer = await technician.PostAsJsonAsync("/rescue/sessions", body, TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private static async Task<StreamReader> OpenEventsAsync(HttpClient technician)
    {
        var answer = await technician.GetAsync(
            "/rescue/sessions/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    private static async Task ReadUntilAsync(StreamReader stream, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (await stream.ReadLineAsync(patience.Token) is { } line && !line.Contains(text, StringComparison.Ordinal))
        {
        }
    }
}
