using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Telemetry;

namespace Rescue.Sessions.Tests.Settings;

public sealed class TenantSettingsTests
{
    private static readonly SettingChange Change = new() { Tenant = "acme", Name = "a", Value = "1", By = new("ada", "Ada"), At = DateTimeOffset.UnixEpoch };

    private readonly FakeTimeProvider time = new();
    private readonly SlowStore store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_TellsTheLogWhoAndWhat_ButNoValue_AndNothingOfAnOutdatedOne()
    {
        using var recorder = new Recorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(recorder));
        var settings = new TenantSettings(new InMemorySettingsStore(), time, loggers);

        await settings.SaveAsync(Change with { Value = "secret-value" }, Cancellation);
        recorder.Logs.Should().ContainSingle().Which.Should().Contain("Technician ada saved the setting a").And.NotContain("secret-value");

        await settings.SaveAsync(Change with { BasedOn = 7 }, Cancellation);
        recorder.Logs.Should().ContainSingle("nothing was saved");
    }

    [Fact]
    public async Task FindAll_ManyAtOnce_ReadOnce()
    {
        var settings = new TenantSettings(store, time);

        var reads = Enumerable.Range(0, 50).Select(_ => settings.FindAllAsync("acme", "", Cancellation).AsTask()).ToList();
        store.Answer();

        foreach (var read in reads)
            (await read).Should().BeEmpty();
        store.Reads.Should().Be(1);
    }

    [Fact]
    public async Task FindAll_SavedDuringARead_ReadsAnew()
    {
        var settings = new TenantSettings(store, time);
        var before = settings.FindAllAsync("acme", "", Cancellation).AsTask();
        await settings.SaveAsync(Change, Cancellation);

        var after = settings.FindAllAsync("acme", "", Cancellation).AsTask();
        store.Answer();

        await before;
        (await after).Should().ContainSingle().Which.Value.Should().Be("1");
        store.Reads.Should().Be(2);
    }

    [Fact]
    public async Task Save_WhileOthersRead_HoldsAtOnce()
    {
        var settings = new TenantSettings(new InMemorySettingsStore(), time);

        for (var turn = 0; turn < 2_000; turn++)
        {
            await settings.SaveAsync(Change, Cancellation);
            var reading = Task.Run(() => settings.FindAllAsync("acme", "", Cancellation).AsTask(), Cancellation);
            await settings.SaveAsync(Change with { Value = $"{turn}" }, Cancellation);
            await reading;

            (await settings.FindAllAsync("acme", "", Cancellation)).Should().ContainSingle().Which.Value.Should().Be($"{turn}");
        }
    }

    [Theory]
    [InlineData("one after the other")]
    [InlineData("all at once, and few later")]
    public async Task FindAll_OfManyTenants_LetsGoOfThoseThatNobodyAsksAboutAnyMore(string come)
    {
        var areAtOnce = come != "one after the other";
        var fresh = new FreshStore();
        var settings = new TenantSettings(fresh, time);

        for (var tenant = 0; tenant < 2_000; tenant++)
        {
            (await settings.FindAllAsync($"tenant-{tenant}", "", Cancellation)).Should().ContainSingle();
            time.Advance(areAtOnce ? TimeSpan.Zero : TimeSpan.FromMilliseconds(20));
        }

        if (areAtOnce)
        {
            time.Advance(TimeSpan.FromMinutes(2));
            await settings.FindAllAsync("tenant-0", "", Cancellation);
        }

        GC.Collect();
        fresh.Given.Count(document => document.TryGetTarget(out _)).Should().BeLessThan(500, "after a second a document is read again");
        GC.KeepAlive(settings);
    }

    [Fact]
    public async Task FindAll_OneGivesUp_TheOthersGoOn()
    {
        var settings = new TenantSettings(store, time);
        using var impatient = new CancellationTokenSource();
        var first = settings.FindAllAsync("acme", "", impatient.Token).AsTask();
        var second = settings.FindAllAsync("acme", "", Cancellation).AsTask();

        await impatient.CancelAsync();
        store.Answer();

        await first.Invoking(read => read).Should().ThrowAsync<OperationCanceledException>();
        (await second).Should().BeEmpty();
    }

    [Fact]
    public async Task FindAll_ReadFailed_IsTriedAgain()
    {
        var settings = new TenantSettings(store, time);
        var failing = settings.FindAllAsync("acme", "", Cancellation).AsTask();
        await store.Asked;
        store.Fail();
        await failing.Invoking(read => read).Should().ThrowAsync<InvalidOperationException>();

        var again = settings.FindAllAsync("acme", "", Cancellation).AsTask();
        store.Answer();

        (await again).Should().BeEmpty();
    }

    /// <summary>Answers reads when it is told to.</summary>
    private sealed class SlowStore : ISettingsStore
    {
        private readonly InMemorySettingsStore inner = new();
        private TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int reads;

        public Task Asked => asked.Task;

        public int Reads => reads;

        public void Answer() => answer.SetResult();

        public void Fail()
        {
            var failed = answer;
            answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            failed.SetException(new InvalidOperationException());
        }

        public async ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref reads);
            var answered = answer.Task;
            asked.TrySetResult();
            await answered;
            return await inner.FindAllAsync(tenant, cancellationToken);
        }

        public ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default) => inner.FindTenantsAsync(name, cancellationToken);

        public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
            inner.ReadHistoryAsync(tenant, name, limit, cancellationToken);

        public ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default) => inner.SaveAsync(change, cancellationToken);

        public ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default) => inner.EraseAsync(tenant, cancellationToken);
    }

    /// <summary>Each tenant has a document, which is made when it is read.</summary>
    private sealed class FreshStore : ISettingsStore
    {
        public List<WeakReference<SettingVersion>> Given { get; } = [];

        public ValueTask<ImmutableArray<SettingVersion>> FindAllAsync(string tenant, CancellationToken cancellationToken = default)
        {
            var made = (Change with { Tenant = tenant }).ToVersion(1);
            Given.Add(new(made));
            return new([made]);
        }

        public ValueTask<ImmutableArray<string>> FindTenantsAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<ImmutableArray<SettingVersion>> ReadHistoryAsync(string tenant, string name, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<SettingSaveResult> SaveAsync(SettingChange change, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask EraseAsync(string tenant, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
