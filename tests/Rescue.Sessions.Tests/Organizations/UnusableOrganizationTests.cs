using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Tests.Telemetry;

namespace Rescue.Sessions.Tests.Organizations;

/// <summary>What cannot be used of an organisation, saved by an earlier version or said by the host's function, takes nothing else away, and is told once.</summary>
public sealed class UnusableOrganizationTests : IDisposable
{
    private readonly Recorder log = new();
    private readonly SupportDesk desk;
    private Func<OrganizationSettings?> told = () => null;

    public UnusableOrganizationTests() => desk = new(
        options => options.FindOrganization = (query, _) => new(query.Tenant == "globex" && told() is { } said ? new FoundOrganization("globex", said) { Domains = ["globex.example"] } : null),
        services => services.AddLogging(logging => logging.AddProvider(log)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IEnumerable<string> Told => log.Logs.Where(line => line.StartsWith("19 ", StringComparison.Ordinal));

    public void Dispose()
    {
        desk.Dispose();
        log.Dispose();
    }

    /// <summary>Both are read anew each second, as other objects that say the same.</summary>
    [Theory]
    [InlineData(true, "#7a1fa2", 0)]
    [InlineData(true, "#ffff00", 1)]
    [InlineData(false, "#7a1fa2", 0)]
    [InlineData(false, "#ffff00", 1)]
    public async Task Find_SecondAfterSecond_IsTheSameObject_AndTellsOnce(bool isSaved, string color, int times)
    {
        if (isSaved)
            await SaveAsync($$$"""{"name":"Globex","accentColor":"{{{color}}}","languages":["fr"],"wording":{"fr":"Ouvert"}}""");
        else
            told = () => new() { Name = "Globex", AccentColor = color, Languages = ["fr"], Wording = new Dictionary<string, string> { ["fr"] = "Ouvert" } };

        var first = await FindAsync();
        for (var i = 0; i < 3; i++)
        {
            desk.Time.Advance(TimeSpan.FromSeconds(2));
            (await FindAsync()).Should().BeSameAs(first);
        }

        first.Name.Should().Be("Globex");
        Told.Should().HaveCount(times);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_AfterItSaysSomethingElse_IsAnother_AndTellsWhatIsWrongNow(bool isSaved)
    {
        var settings = new OrganizationSettings { Name = "Globex", AccentColor = "#ffff00" };
        told = () => isSaved ? null : settings with { };
        await SayAsync();
        var first = await FindAsync();

        settings = settings with { Wording = new Dictionary<string, string> { ["fr"] = "Ouvert" } };
        await SayAsync();
        var second = await FindAsync();
        settings = settings with { Phone = "nobody" };
        await SayAsync();
        await FindAsync();

        second.Should().NotBeSameAs(first);
        second.Wording.Should().ContainKey("fr");
        Told.Should().HaveCount(2).And.ContainSingle(line => line.Contains("accentColor", StringComparison.Ordinal)).And.ContainSingle(line => line.Contains("phone", StringComparison.Ordinal));

        async Task SayAsync()
        {
            if (isSaved)
                await SaveAsync(System.Text.Json.JsonSerializer.Serialize(settings, OrganizationJson.Default.OrganizationSettings));
            desk.Time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Theory]
    [InlineData(true, "fr", "FR")]
    [InlineData(true, "zh-Hant", "ZH-hant")]
    [InlineData(false, "fr", "FR")]
    public async Task Find_WordingTwiceForOneLanguage_IsAnOrganizationAllTheSame(bool isSaved, string tag, string again)
    {
        if (isSaved)
            await SaveAsync($$$"""{"name":"Globex","wording":{"{{{tag}}}":"A","{{{again}}}":"B"}}""");
        else
            told = () => new() { Name = "Globex", Wording = new Dictionary<string, string> { [tag] = "A", [again] = "B" } };

        (await FindAsync()).Name.Should().Be("Globex");
        Told.Should().ContainSingle().Which.Should().Contain($"wording.{again}");
    }

    /// <summary>Such an address cannot be written, and a host's function may have it all the same.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_HostNameThatCannotBeWritten_IsAnOrganizationAllTheSame(bool isSaved)
    {
        const string Unwritable = "https://一伭做冇労叡唎嘻坨墕姂嫯尜嵉并徣惐懽挪摗斄暱柞椋樸.example/";
        if (isSaved)
            await SaveAsync($$"""{"name":"Globex","url":"{{Unwritable}}","publicBaseUri":"{{Unwritable}}"}""");
        else
            told = () => new() { Name = "Globex", Url = Unwritable, PublicBaseUri = Unwritable };

        var organization = await FindAsync();

        (organization.Name, organization.Url, organization.PublicBaseUri.AbsoluteUri).Should().Be(("Globex", null, "https://help.example.org/"));
        Told.Should().HaveCount(2);
    }

    private ValueTask<Organization> FindAsync() => desk.Get<OrganizationDirectory>().FindAsync("globex", Cancellation);

    // As an earlier version has, which knew less of what cannot be used.
    private async Task SaveAsync(string json) => await desk.Get<ISettingsStore>().SaveAsync(
        new() { Tenant = "globex", Name = SettingNames.Organization, Value = json, By = new("ada", "Ada"), At = desk.Time.GetUtcNow() }, Cancellation);
}
