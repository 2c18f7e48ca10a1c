using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Settings;

namespace Rescue.Sessions.AspNetCore.Tests.Settings;

/// <summary>What a body leaves out stays as whoever has set it last, on whichever node.</summary>
public sealed class MergedSettingsTests
{
    private const string Settings = "/rescue/settings/";

    public static TheoryData<string, string, string> Documents => new()
    {
        { "timeouts", """{"waitingMinutes":9}""", """{"activeIdleMinutes":8}""" },
        { "email", """{"language":"fr"}""", """{"timeZone":"Europe/Paris"}""" },
        { "organization", """{"name":"Acme Limited"}""", """{"phone":"+33 1 23 45 67 89"}""" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Put_AfterAnotherNodeHasSaved_LeavesWhatThatHasSet(string document, string theirs, string mine)
    {
        var store = new InterruptedSettingsStore();
        await using var one = await StartAsync(store);
        await using var other = await StartAsync(store);
        var (alice, bob) = (one.Technician(), other.Technician("bob"));
        await bob.GetJsonAsync(Settings + document);

        var version = (await PutAsync(alice, document, theirs)).GetProperty("version").GetInt64();
        await PutAsync(bob, document, mine[..^1] + $",\"version\":{version}}}");

        await HoldsAsync(alice, document, theirs, mine);
        await PutAsync(alice, document, theirs[..^1] + $",\"version\":{version}}}", HttpStatusCode.Conflict);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Put_WithoutAVersion_WhileAnotherSaves_LeavesWhatThatHasSet(string document, string theirs, string mine)
    {
        var store = new InterruptedSettingsStore();
        await using var one = await StartAsync(store);
        await using var other = await StartAsync(store);
        var (alice, bob) = (one.Technician(), other.Technician("bob"));
        store.Saving = async change =>
        {
            if (change.By.Id != "alice")
                return;
            store.Saving = null;
            await PutAsync(bob, document, theirs);
        };

        await PutAsync(alice, document, mine);

        await HoldsAsync(bob, document, theirs, mine);
    }

    [Fact]
    public async Task PutWebhook_WhileAColleagueDisablesIt_LeavesItDisabled()
    {
        var store = new InterruptedSettingsStore();
        await using var product = await StartAsync(store);
        var (alice, bob) = (product.Technician(), product.Technician("bob"));
        var hook = Settings + "webhooks/" + (await alice.PostAsync(Settings + "webhooks", new { url = "https://crm.example/rescue" }, HttpStatusCode.Created)).Text("id");
        store.Saving = async change =>
        {
            if (change.By.Id != "alice")
                return;
            store.Saving = null;
            await bob.PutAsync(hook, new { enabled = false });
        };

        await alice.PutAsync(hook, new { description = "our CRM" });

        var now = await alice.GetJsonAsync(hook);
        (now.Text("description"), now.GetProperty("enabled").GetBoolean()).Should().Be(("our CRM", false));
    }

    private static Task<TestProduct> StartAsync(ISettingsStore store) =>
        TestProduct.StartAsync(asleep: true, add: builder => builder.AddWebhooks().Services.AddSingleton(store));

    private static Task<JsonElement> PutAsync(HttpClient client, string document, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        client.PutAsync(Settings + document, JsonDocument.Parse(body).RootElement, expected);

    private static async Task HoldsAsync(HttpClient client, string document, params string[] bodies)
    {
        var now = await client.GetJsonAsync(Settings + document);
        foreach (var member in bodies.SelectMany(body => JsonDocument.Parse(body).RootElement.EnumerateObject()))
            now.GetProperty(member.Name).ToString().Should().Be(member.Value.ToString(), member.Name);
    }
}
