using Rescue.Sessions.Settings;

namespace Rescue.Sessions.StoreContract;

/// <summary>What every settings store must do.</summary>
public abstract class SettingsContract
{
    private readonly Lazy<ISettingsStore> store;
    private readonly string tenant = "tenant-" + Guid.NewGuid().ToString("N");

    protected SettingsContract() => store = new(CreateStore);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ISettingsStore CreateStore();

    [Fact]
    public async Task Save_First_IsVersionOneAndFoundAsItWasSaved()
    {
        var change = Change("a", """{"text":"Grüße, 你好 \u0000"}""", 3);

        var result = await SaveAsync(change);

        result.Saved.Should().BeTrue();
        result.Latest.Should().Be(change.ToVersion(1));
        (await FindAllAsync()).Should().Equal(change.ToVersion(1));
    }

    [Fact]
    public async Task FindAll_SeveralDocuments_AnswersTheLatestOfEachByName()
    {
        await SaveAsync(Change("b", "1"));
        await SaveAsync(Change("a/x", "1"));
        await SaveAsync(Change("a", "1"));
        await SaveAsync(Change("A", "1"));
        await SaveAsync(Change("b", "2"));

        (await FindAllAsync()).Select(version => (version.Name, version.Version, version.Value))
            .Should().Equal(("A", 1, "1"), ("a", 1, "1"), ("a/x", 1, "1"), ("b", 2, "2"));
    }

    [Fact]
    public async Task FindAll_OtherTenant_IsEmpty()
    {
        await SaveAsync(Change("a", "1"));

        (await store.Value.FindAllAsync(tenant.ToUpperInvariant(), Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task FindTenants_AreThoseThatHaveTheDocument()
    {
        var (first, second, third) = (tenant + "/1", tenant + "/2", tenant + "/3");
        await SaveAsync(Change("a", "1") with { Tenant = third });
        await SaveAsync(Change("a", "2") with { Tenant = third });
        await SaveAsync(Change("z", "1") with { Tenant = third });
        await SaveAsync(Change("A", "1") with { Tenant = second });
        await SaveAsync(Change("aa", "1") with { Tenant = second });
        await SaveAsync(Change("a", "1") with { Tenant = first });
        await SaveAsync(Change("a", null) with { Tenant = first });

        // A shared store has others.
        (await store.Value.FindTenantsAsync("a", Cancellation)).Where(found => found.StartsWith(tenant, StringComparison.Ordinal)).Should().BeEquivalentTo([first, third]);
        (await store.Value.FindTenantsAsync(tenant, Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Save_Null_GoesBackToTheDefaultAndKeepsTheHistory()
    {
        await SaveAsync(Change("a", "1"));
        await SaveAsync(Change("a", null));

        (await FindAllAsync()).Should().ContainSingle().Which.Value.Should().BeNull();
        (await HistoryAsync("a")).Select(version => version.Value).Should().Equal(null, "1");
    }

    [Fact]
    public async Task ReadHistory_Limit_AnswersTheNewest()
    {
        for (var i = 1; i <= 5; i++)
            await SaveAsync(Change("a", $"{i}", i));
        await SaveAsync(Change("b", "other"));

        var history = await store.Value.ReadHistoryAsync(tenant, "a", 3, Cancellation);

        history.Select(version => version.Version).Should().Equal(5, 4, 3);
        history.Should().OnlyContain(version => version.Value == $"{version.Version}" && version.SavedBy == Draft.Ada);
        (await HistoryAsync("nothing")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0L, false)]
    [InlineData(1L, false)]
    [InlineData(2L, true)]
    [InlineData(3L, false)]
    [InlineData(1_000_000_000L, false)]
    public async Task Save_BasedOnAVersion_IsRefusedUnlessItIsTheLatest(long? basedOn, bool saved)
    {
        await SaveAsync(Change("a", "1"));
        await SaveAsync(Change("a", "2"));

        var result = await SaveAsync(Change("a", "mine") with { BasedOn = basedOn });

        result.Saved.Should().Be(saved);
        result.Latest.Value.Should().Be(saved ? "mine" : "2");
        (await HistoryAsync("a")).Should().HaveCount(saved ? 3 : 2);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0L, true)]
    [InlineData(1L, false)]
    [InlineData(1_000_000_000L, false)]
    public async Task Save_OfTheFirst_BasedOnAVersionThatNeverWas_IsRefused(long? basedOn, bool saved)
    {
        var result = await SaveAsync(Change("a", "mine") with { BasedOn = basedOn });

        result.Saved.Should().Be(saved);
        result.Latest.Version.Should().Be(saved ? 1 : 0);
        (await HistoryAsync("a")).Should().HaveCount(saved ? 1 : 0);
    }

    [Fact]
    public async Task Erase_Tenant_ForgetsAllItsDocumentsWithTheirHistory()
    {
        await SaveAsync(Change("a", "1"));
        await SaveAsync(Change("a", "2"));
        await SaveAsync(Change("b", "1"));
        var others = Change("a", "1") with { Tenant = tenant + "2" };
        await SaveAsync(others);

        await store.Value.EraseAsync(tenant, Cancellation);

        (await FindAllAsync()).Should().BeEmpty();
        (await HistoryAsync("a")).Should().BeEmpty();
        (await store.Value.FindTenantsAsync("a", Cancellation)).Should().NotContain(tenant).And.Contain(others.Tenant);
        (await SaveAsync(Change("a", "3"))).Latest.Version.Should().Be(1);
        await store.Value.EraseAsync("nobody", Cancellation);
    }

    [Fact]
    public async Task Save_SeveralAtOnceBasedOnTheSame_OneWins()
    {
        await SaveAsync(Change("a", "1"));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => Task.Run(() => SaveAsync(Change("a", $"\"{i}\"") with { BasedOn = 1 }), Cancellation)));

        var winner = results.Should().ContainSingle(result => result.Saved).Which.Latest;
        results.Should().OnlyContain(result => result.Latest == winner);
    }

    [Fact]
    public async Task Save_SeveralAtOnceBasedOnNothing_AllGetVersionsOfTheirOwn()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => SaveAsync(Change("a", $"{i}")), Cancellation)));

        results.Should().OnlyContain(result => result.Saved);
        results.Select(result => result.Latest.Version).Should().BeEquivalentTo([1, 2, 3, 4, 5, 6, 7, 8]);
    }

    private SettingChange Change(string name, string? value, int minute = 0) =>
        new() { Tenant = tenant, Name = name, Value = value, By = Draft.Ada, At = Draft.Morning.AddMinutes(minute) };

    private async Task<SettingSaveResult> SaveAsync(SettingChange change) => await store.Value.SaveAsync(change, Cancellation);

    private async Task<IReadOnlyList<SettingVersion>> FindAllAsync() => await store.Value.FindAllAsync(tenant, Cancellation);

    private async Task<IReadOnlyList<SettingVersion>> HistoryAsync(string name) => await store.Value.ReadHistoryAsync(tenant, name, 100, Cancellation);
}
