using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;
using Rescue.Sessions.Tests.Support;
using Rescue.Sessions.Tests.Telemetry;

namespace Rescue.Sessions.Tests.Sms;

public sealed class SmsOrganizationsTests
{
    private static readonly string[] Told = ["9 ", "43 ", "44 "];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Organization_ThatCannotBeLookedUp_IsToldOnceForAllTexts_AndThatItIsOver(int texts)
    {
        using var recorder = new Recorder();
        var isAway = true;
        using var desk = new SupportDesk(
            options => options.FindOrganization = (query, _) => isAway && query.Tenant == "acme" ? throw new InvalidOperationException("no word of this") : default,
            services =>
            {
                services.AddSingleton<ILoggerFactory>(new LoggerFactory([recorder]));
                services.AddRescueSessions().AddSms<Gateway>();
            });

        await SendAsync("acme", typeof(OutboxOutcome.NotSent), texts);
        await SendAsync("other", typeof(OutboxOutcome.Accepted), 1);
        Lines().Should().ContainSingle("what another tenant's comes to says nothing of it").Which.Should().Contain("InvalidOperationException").And.NotContain("no word of this");
        desk.Time.Advance(TimeSpan.FromMinutes(10));
        await SendAsync("acme", typeof(OutboxOutcome.NotSent), texts);
        Lines().Should().HaveCount(2, "those who look later are told again");
        isAway = false;
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync("acme", typeof(OutboxOutcome.Accepted), texts);

        Lines().Select(line => line.Split(' ')[0]).Should().Equal("43", "43", "44");

        async Task SendAsync(string tenant, Type outcome, int times)
        {
            for (var i = 0; i < times; i++)
            {
                var text = new StoredSms("1", "+4930901820", "Hello", "en", tenant).ToUtf8Bytes();
                (await desk.Get<IEnumerable<OutboxHandler>>().OfType<SmsOutboxHandler>().Single().SendAsync(SessionId.New(SupportDesk.Morning), text, CancellationToken.None))
                    .Should().BeOfType(outcome);
            }
        }

        List<string> Lines() => [.. recorder.Logs.Where(line => Told.Any(line.StartsWith))];
    }

    private sealed class Gateway : ISmsDispatcher
    {
        public Task<OutboxOutcome> DispatchAsync(SmsMessage message, CancellationToken cancellationToken) => Task.FromResult<OutboxOutcome>(new OutboxOutcome.Accepted());
    }
}
