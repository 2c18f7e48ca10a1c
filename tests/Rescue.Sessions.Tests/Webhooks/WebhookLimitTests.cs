using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Webhooks;
using Rescue.Sessions.Webhooks.Storage;
using Rescue.Sessions.Webhooks.Transport;

namespace Rescue.Sessions.Tests.Webhooks;

/// <summary>How often a tenant can have requests sent to a server of its choice at once.</summary>
public sealed class WebhookLimitTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("test", 30, LimitedAction.TestWebhook)]
    [InlineData("replay", 500, LimitedAction.ReplayDelivery)]
    public async Task Act_MoreOftenThanATenantMay_IsTooManyUntilTheWindowHasPassed(string act, int most, LimitedAction action)
    {
        using var desk = Desk();
        var (one, another) = (await AddAsync(desk, desk.Ada), await AddAsync(desk, desk.Ada));
        var strangers = await AddAsync(desk, desk.Stranger);
        // What is not there takes nothing.
        await desk.Get<SupportWebhooks>().ReplayAsync(desk.Ada, one, 404, Cancellation);
        for (var times = 0; times < most; times++)
            (await ActAsync(desk, act, desk.Ada, times % 2 == 0 ? one : another)).Should().BeNull();

        var refusal = await ActAsync(desk, act, desk.Alan, another);

        refusal.Should().BeOfType<Refusal.TooMany>().Which.What.Should().Be(action);
        ((Refusal.TooMany)refusal!).RetryAfter.Should().BePositive().And.BeLessThanOrEqualTo(2 * Window);
        (await ActAsync(desk, act, desk.Stranger, strangers)).Should().BeNull("it is another tenant's");
        desk.Time.Advance(2 * Window);
        (await ActAsync(desk, act, desk.Ada, one)).Should().BeNull();
    }

    private static async Task<Refusal?> ActAsync(SupportDesk desk, string act, Technician technician, string id)
    {
        var webhooks = desk.Get<SupportWebhooks>();
        return act == "test"
            ? (await webhooks.TestAsync(technician, id, Cancellation) as WebhookResult<WebhookTest>.Refused)?.Reason
            : (await webhooks.ReplayAsync(technician, id, 1, Cancellation) as WebhookResult<WebhookDelivery>.Refused)?.Reason;
    }

    private static async Task<string> AddAsync(SupportDesk desk, Technician technician)
    {
        var made = await desk.Get<SupportWebhooks>().CreateAsync(technician, new() { Url = "https://crm.example/rescue" }, Cancellation);
        var id = made.Should().BeOfType<WebhookResult<NewWebhook>.Done>().Which.Value.Webhook.Id;
        var (session, _) = await desk.CreateAsync();
        await desk.Get<IWebhookStore>().AddAsync(
            [
                new()
                {
                    Webhook = id, Sequence = 1, Tenant = technician.Tenant, Session = session.Id, Type = "session.created", Body = "{}",
                    CreatedAt = desk.Time.GetUtcNow(), DueAt = desk.Time.GetUtcNow(),
                },
            ],
            Cancellation);
        return id;
    }

    // Where no webhook may lead, so that nothing is sent.
    private static SupportDesk Desk() => new(register: services =>
    {
        services.AddSingleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        services.AddRescueSessions().AddWebhooks();
    });
}
