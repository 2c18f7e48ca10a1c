using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Organizations;
using Rescue.Sessions.Tests.Support;

namespace Rescue.Sessions.Tests.Settings;

/// <summary>The audit tells the newest acts of all documents, and reads hardly more than it tells: documents are long, and each has as many versions as somebody has saved.</summary>
public sealed class SettingsAuditTests : IDisposable
{
    private readonly CountingSettingsStore store = new();
    private readonly SupportDesk desk;

    public SettingsAuditTests() => desk = new(register: services => services.AddSingleton<ISettingsStore>(store));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(199)]
    [InlineData(1000)]
    public async Task Read_OfWhatIsSavedInAnyOrder_IsTheNewestWithWhatWasBefore(int limit)
    {
        // Few documents with many versions, many with few, and some that go back to the default.
        var random = new Random(limit);
        var saved = new List<(string Name, long Version, string? Before, string? After)>();
        var latest = new Dictionary<string, (long Version, string? Value)>();
        for (var i = 0; i < 200; i++)
        {
            var name = $"document-{Math.Min(random.Next(12), random.Next(12))}";
            var before = latest.GetValueOrDefault(name);
            var after = random.Next(5) == 0 ? null : $$"""{"n":{{i}}}""";
            await SaveAsync(name, after);
            latest[name] = (before.Version + 1, after);
            saved.Add((name, before.Version + 1, before.Value, after));
        }

        var entries = await ReadAsync(limit);

        entries.Select(entry => (entry.Document, entry.Version, entry.Before?.ToJsonString(), entry.After?.ToJsonString()))
            .Should().Equal(saved.AsEnumerable().Reverse().Take(limit));
        entries.Select(entry => entry.At).Should().BeInDescendingOrder();
    }

    [Theory]
    [InlineData(40, 30, 10)]
    [InlineData(1, 400, 10)]
    [InlineData(4, 200, 100)]
    public async Task Read_OfManyDocumentsWithManyVersions_ReadsHardlyMoreThanItTells(int documents, int versions, int limit)
    {
        for (var version = 0; version < versions; version++)
        {
            for (var document = 0; document < documents; document++)
                await SaveAsync($"document-{document}", $$"""{"n":{{version}}}""");
        }

        (await ReadAsync(limit)).Should().HaveCount(limit);

        store.VersionsAtOnce.Should().BeLessThanOrEqualTo(Math.Max(8, limit * 5 / 4));
        store.Versions.Should().BeLessThanOrEqualTo(8 * limit, "of a document that tells nothing, nothing is read");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Read_OfWhatIsTooLong_EndsEarly(int documents)
    {
        var text = $$"""{"text":"{{new string('x', 1024 * 1024)}}"}""";
        for (var i = 0; i < 40; i++)
            await SaveAsync($"document-{i % documents}", text);

        var entries = await ReadAsync(SettingsAudit.MaxEntries);

        entries.Should().HaveCount(16);
        store.VersionsAtOnce.Should().BeLessThanOrEqualTo(22);
    }

    [Fact]
    public async Task Read_OfOneThatIsTooLong_TellsIt()
    {
        await SaveAsync("document", $$"""{"text":"{{new string('x', 20 * 1024 * 1024)}}"}""");

        (await ReadAsync(1)).Should().ContainSingle();
    }

    /// <summary>Secrets that are put under another key are the same secrets, and nobody has set anything.</summary>
    [Theory]
    [InlineData("rescue-sessions", """{"url":"a","secrets":["2"]}""", false)]
    [InlineData("rescue-sessions", """{"secrets":["2"],"url":"a"}""", false)]
    [InlineData("rescue-sessions", """{"url":"b","secrets":["1"]}""", true)]
    [InlineData("rescue-sessions", null, true)]
    [InlineData("ada", """{"url":"a","secrets":["2"]}""", true)]
    public async Task Read_OfWhatTheLibraryHasSealedAnew_TellsNothing(string by, string? after, bool isTold)
    {
        await SaveAsync("webhooks", """{"url":"a","secrets":["1"]}""");
        await SaveAsync("webhooks", after, new(by, by == "ada" ? "Ada" : "Rescue.Sessions"));
        await SaveAsync("webhooks", """{"url":"c","secrets":["3"]}""");

        (await ReadAsync(9)).Select(entry => entry.Version).Should().Equal(isTold ? [3, 2, 1] : [3, 1]);
    }

    private async Task<ImmutableArray<SettingsAuditEntry>> ReadAsync(int limit) =>
        (await desk.Get<SettingsAudit>().ReadAsync(desk.Ada, limit, Cancellation)).Should().BeOfType<SettingsRead<ImmutableArray<SettingsAuditEntry>>.Found>().Which.Value;

    private async Task SaveAsync(string name, string? value, TechnicianReference? by = null)
    {
        desk.Time.Advance(TimeSpan.FromSeconds(1));
        await desk.Get<ISettingsStore>().SaveAsync(
            new() { Tenant = desk.Ada.Tenant, Name = name, Value = value, By = by ?? desk.Ada.Reference, At = desk.Time.GetUtcNow() }, Cancellation);
    }
}
