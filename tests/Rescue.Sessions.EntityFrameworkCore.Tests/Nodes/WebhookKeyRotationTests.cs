using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Rescue.Sessions.EntityFrameworkCore.Tests.Engines;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Webhooks;

namespace Rescue.Sessions.EntityFrameworkCore.Tests.Nodes;

/// <summary>Webhooks outlive every session, and so the keys under which their secrets were sealed.</summary>
public sealed class WebhookKeyRotationTests : IDisposable
{
    private readonly SqliteEngine engine = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rotation_StepByStep_WebhooksMadeBeforeGoOn_AndNobodyHasChangedThem(bool isSecretRotated)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        NewWebhook webhook;
        string[] secrets;
        int acts;
        await using (var before = await StartAsync([Node.KeyA]))
        {
            webhook = Done(await before.Get<SupportWebhooks>().CreateAsync(Node.Ada, new() { Url = receiver.Url }, Cancellation));
            secrets = [webhook.Secret];
            if (isSecretRotated)
                secrets = [Done(await before.Get<SupportWebhooks>().RotateAsync(Node.Ada, webhook.Webhook.Id, Cancellation)).Secret, webhook.Secret];
            acts = await CountActsAsync(before);
        }

        var log = new LoggedEvents();
        await using (var former = await StartAsync([Node.KeyA, Node.KeyB], log))
        {
            await HasLookedThroughAsync(former);
            await using var present = await StartAsync([Node.KeyB, Node.KeyA], log);
            await HasLookedThroughAsync(present);
            foreach (var node in (Node[])[former, present])
                (await TestAsync(node, webhook)).StatusCode.Should().Be(200, "each node has both keys");
        }

        await using var after = await StartAsync([Node.KeyB], log);
        await HasLookedThroughAsync(after);

        (await TestAsync(after, webhook)).StatusCode.Should().Be(200);
        receiver.LatestSignedUnder(secrets).Should().BeEquivalentTo((secrets, secrets.Length));
        (await CountActsAsync(after)).Should().Be(acts, "the audit tells what somebody has set");
        (await CountVersionsAsync(after)).Should().Be(acts + 1, "it is sealed anew once");
        log.HaveAll(LoggedEvents.WebhookUnopened).Should().BeFalse();
    }

    [Fact]
    public async Task FormerKeyLost_IsToldAtTheStart_AndARotatedSecretSignsAtOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        NewWebhook webhook;
        await using (var before = await StartAsync([Node.KeyA]))
            webhook = Done(await before.Get<SupportWebhooks>().CreateAsync(Node.Ada, new() { Url = receiver.Url }, Cancellation));
        await using (var context = engine.OpenContext())
            await context.Database.ExecuteSqlAsync($"DELETE FROM rescue_setting WHERE tenant = '' AND name = 'code-keys'", Cancellation);

        var log = new LoggedEvents();
        await using var after = await StartAsync([Node.KeyB], log);

        await HasLookedThroughAsync(after);
        log.HaveAll(LoggedEvents.WebhookUnopened).Should().BeTrue();
        (await TestAsync(after, webhook)).Problem.Should().Contain("Codes.Keys");
        var secret = Done(await after.Get<SupportWebhooks>().RotateAsync(Node.Ada, webhook.Webhook.Id, Cancellation)).Secret;
        (await TestAsync(after, webhook)).StatusCode.Should().Be(200);
        receiver.LatestSignedUnder(secret, webhook.Secret).Should().BeEquivalentTo((new[] { secret }, 1));
    }

    [Fact]
    public async Task DocumentOfOneTenant_ThatCannotBeRead_KeepsNoOtherFromBeingSealedAnew()
    {
        await using (var before = await StartAsync([Node.KeyA]))
        {
            foreach (var tenant in (string[])["a", "c"])
                Done(await before.Get<SupportWebhooks>().CreateAsync(Node.Ada with { Tenant = tenant }, new() { Url = "http://127.0.0.1/" }, Cancellation));
            await before.Get<ISettingsStore>().SaveAsync(
                new() { Tenant = "b", Name = "webhooks", Value = "[", By = new("ada", "Ada Lovelace"), At = TimeProvider.System.GetUtcNow() }, Cancellation);
        }

        var log = new LoggedEvents();
        await using var after = await StartAsync([Node.KeyB, Node.KeyA], log);

        await Eventually.HoldsAsync(async () => await CountVersionsAsync(after, "a") == 2 && await CountVersionsAsync(after, "c") == 2);
        await Eventually.HoldsAsync(() => log.HaveAll(LoggedEvents.WebhooksDamaged));
        (await CountVersionsAsync(after, "b")).Should().Be(1);
    }

    private Task<Node> StartAsync(string[] keys, LoggedEvents? log = null) => Node.StartAsync(
        engine, keys: keys, log: log, add: rescue => rescue.AddWebhooks(options => (options.AllowHttp, options.AllowPrivateAddresses) = (true, true)));

    private static Task HasLookedThroughAsync(Node node) =>
        node.Get<IEnumerable<IHostedService>>().OfType<BackgroundService>().Single(service => service.GetType().Name == "WebhookSealing").ExecuteTask!;

    private static async Task<WebhookTest> TestAsync(Node node, NewWebhook webhook) =>
        Done(await node.Get<SupportWebhooks>().TestAsync(Node.Ada, webhook.Webhook.Id, Cancellation));

    private static async Task<int> CountVersionsAsync(Node node, string? tenant = null) =>
        (await node.Get<ISettingsStore>().ReadHistoryAsync(tenant ?? Node.Ada.Tenant, "webhooks", 100, Cancellation)).Length;

    private static async Task<int> CountActsAsync(Node node) =>
        (await node.Get<SettingsAudit>().ReadAsync(Node.Ada, cancellationToken: Cancellation))
            .Should().BeOfType<SettingsRead<ImmutableArray<SettingsAuditEntry>>.Found>().Which.Value.Count(act => act.Document == "webhooks");

    private static TValue Done<TValue>(WebhookResult<TValue> result) => result.Should().BeOfType<WebhookResult<TValue>.Done>().Which.Value;
}
