using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Feed;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Webhooks.Deliveries;
using Rescue.Sessions.Webhooks.Settings;
using Rescue.Sessions.Webhooks.Storage;

namespace Rescue.Sessions.Tests.Webhooks;

public sealed class WebhookSubscriberTests : IDisposable
{
    private readonly SupportDesk desk;
    private int asked;

    public WebhookSubscriberTests() => desk = new(register: services => services
        .AddSingleton(LostLine.To<IWebhookStore>(new InMemoryWebhookStore(), () => Interlocked.Increment(ref asked)))
        .AddRescueSessions().AddWebhooks());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(64, 1)]
    [InlineData(1_000, 16)]
    public async Task Event_ForManyReceivers_IsQueuedForAllInFewWrites(int receivers, int writes)
    {
        var webhooks = await AddAsync(receivers);
        await desk.CreateAsync();
        var page = await desk.Store.ReadFeedAsync(new(), Cancellation);

        using (var scope = desk.Get<IServiceScopeFactory>().CreateScope())
            await scope.ServiceProvider.GetRequiredService<WebhookSubscriber>().HandleAsync(new(page.Entries[0], desk.Time.GetUtcNow()), Cancellation);

        asked.Should().Be(writes);
        (await desk.Get<IWebhookStore>().FindDueAsync(desk.Time.GetUtcNow(), cancellationToken: Cancellation)).Select(due => due.Webhook).Should().BeEquivalentTo(webhooks);
    }

    private async Task<string[]> AddAsync(int receivers)
    {
        var webhooks = Enumerable.Range(0, receivers)
            .Select(_ => new StoredWebhook(Guid.NewGuid(), "https://example.org/", null, [], true, null, desk.Time.GetUtcNow(), [])).ToArray();
        await desk.Get<ISettingsStore>().SaveAsync(
            new()
            {
                Tenant = desk.Ada.Tenant, Name = WebhookSettings.Name, By = desk.Ada.Reference, At = desk.Time.GetUtcNow(),
                Value = JsonSerializer.Serialize(new([.. webhooks]), WebhookJson.Default.WebhookSettings),
            },
            Cancellation);
        return [.. webhooks.Select(webhook => webhook.Name)];
    }
}
