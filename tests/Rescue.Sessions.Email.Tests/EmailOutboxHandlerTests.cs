using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Rescue.Sessions.Email.Mime;
using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Smtp;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Organizations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email;

/// <summary>What a dispatcher of the host's own is handed.</summary>
public sealed class EmailOutboxHandlerTests
{
    private static readonly Technician Admin = new("admin", "Admin") { Groups = ["all"], Tenant = "acme" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_EachAttempt_HandsOverTheOrganizationAsItIsThenAndTheSameBytes()
    {
        var own = new Own();
        await using var services = Services(own);
        await NameAsync(services, "Before");
        await SendAsync(services);
        await NameAsync(services, "After");

        await SendAsync(services);

        own.Messages.Select(message => message.Organization!.Name).Should().Equal("Before", "After");
        own.Messages.Should().AllSatisfy(message => message.Should().Be(SampleMessage.Create()));
        own.Messages.Select(Wire.Of).Should().AllSatisfy(wire => wire.Should().Equal(Wire.Of(SampleMessage.Create())));
    }

    [Fact]
    public async Task FindLane_OfADispatcherThatNamesWays_KnowsTheOrganization()
    {
        var own = new OwnWithWays();
        await using var services = Services(own);
        await NameAsync(services, "Acme");
        var handler = Handler(services);

        handler.HasLanes.Should().BeTrue();
        (await handler.FindLaneAsync(Stored(), Cancellation)).Should().Be("by Acme");
        await SendAsync(services);

        own.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task HasLanes_DispatcherThatNamesNone_LetsItsMessagesUnread()
    {
        await using var services = Services(new Own());

        Handler(services).HasLanes.Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(300)]
    public async Task Send_PutOff_TellsHowLongTheServerAsksToBeLeftAlone(int? seconds)
    {
        TimeSpan? asked = seconds is { } given ? TimeSpan.FromSeconds(given) : null;
        await using var services = Services(new Own { Answer = new DispatchResult.Deferred(451, "4.7.1", "Greylisted.", asked) });

        (await Handler(services).SendAsync(SampleMessage.Create().Session!.Value, Stored(), Cancellation))
            .Should().Be(new OutboxOutcome.Deferred("451 Greylisted.") { RetryAfter = asked });
    }

    public static TheoryData<string, DispatchResult, OutboxOutcome> Away { get; } = new()
    {
        { "no connection", new DispatchResult.NotSent(NotSentCause.CouldNotConnect, "Away.", CanRetry: true), new OutboxOutcome.NotSent("Away.") },
        { "busy before MAIL", new DispatchResult.Deferred(421, null, "Busy.", TimeSpan.FromSeconds(30)) { IsMessageKnown = false }, new OutboxOutcome.NotSent("421 Busy.") { RetryAfter = TimeSpan.FromSeconds(30) } },
        { "lost after MAIL", new DispatchResult.NotSent(NotSentCause.ConnectionLost, "Lost.", CanRetry: true) { IsMessageKnown = true }, new OutboxOutcome.Deferred("Lost.") },
    };

    [Theory]
    [MemberData(nameof(Away))]
    public async Task Send_ServerIsAway_CountsOnlyWhereItWasToldOfTheMessage(string what, DispatchResult result, OutboxOutcome outcome)
    {
        await using var services = Services(new Own { Answer = result });

        (await Handler(services).SendAsync(SampleMessage.Create().Session!.Value, Stored(), Cancellation)).Should().Be(outcome, what);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Send_OrganizationThatTheHostCannotTell_IsHeldForALittle(bool answers)
    {
        var time = new FakeTimeProvider();
        var own = new Own();
        var never = new TaskCompletionSource<FoundOrganization?>();
        await using var services = Services(own, time, options => options.FindOrganization = (_, _) => answers ? throw new InvalidOperationException("grace@example.org") : new(never.Task));

        var sending = Handler(services).SendAsync(SampleMessage.Create().Session!.Value, Stored(), Cancellation);
        await time.PassUntilAsync(TimeSpan.FromSeconds(10), () => sending.IsCompleted);

        (await sending).Should().BeOfType<OutboxOutcome.NotSent>().Which.Reason.Should().NotContain("grace");
        own.Messages.Should().BeEmpty();
        services.GetRequiredService<MailRelay>().Failures.Should().BeEmpty("no mail server is away");
        services.GetRequiredService<MissingOrganizations>().Current!.Value.Tenants.Should().Be(1);
    }

    [Fact]
    public async Task Send_OrganizationsOfOneTenantThatTheHostCannotTell_IsToldOnceOfThatTenant_WhateverAnothersMailComesTo()
    {
        var time = new FakeTimeProvider();
        using var lines = new LoggedLines();
        var isBroken = true;
        await using var services = Services(
            new Own(),
            time,
            options => options.FindOrganization = (query, _) => isBroken && query.Tenant == "acme" ? throw new InvalidOperationException("grace@example.org") : default,
            lines);
        for (var minute = 0; minute < 5; minute++)
        {
            (await SendAsync(services, "acme")).Should().BeOfType<OutboxOutcome.NotSent>();
            (await SendAsync(services, "globex")).Should().BeOfType<OutboxOutcome.Accepted>();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        services.GetRequiredService<MissingOrganizations>().Current!.Value.Tenants.Should().Be(1);
        isBroken = false;
        (await SendAsync(services, "acme")).Should().BeOfType<OutboxOutcome.Accepted>();

        services.GetRequiredService<MissingOrganizations>().Current.Should().BeNull();
        lines.Of("Rescue.Sessions.Email").Select(line => line.Id).Should().Equal(107, 108);
        lines.Of("Rescue.Sessions.Email").Should().AllSatisfy(line => line.Text.Should().Contain("acme").And.NotContain("grace"));
    }

    [Fact]
    public async Task Send_NothingSendsAnyMore_IsHeld()
    {
        await using var services = Services(dispatcher: null);

        Handler(services).HasLanes.Should().BeFalse();
        var outcome = await Handler(services).SendAsync(SampleMessage.Create().Session!.Value, Stored(), Cancellation);

        outcome.Should().BeOfType<OutboxOutcome.NotSent>().Which.Reason.Should().Contain("UseSmtp");
    }

    private static EmailOutboxHandler Handler(IServiceProvider services) => services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single();

    private static byte[] Stored() => EmailMessageJson.ToUtf8Bytes(SampleMessage.Create());

    private static async Task SendAsync(IServiceProvider services) =>
        (await Handler(services).SendAsync(SampleMessage.Create().Session!.Value, Stored(), Cancellation)).Should().BeOfType<OutboxOutcome.Accepted>();

    private static async Task NameAsync(IServiceProvider services, string name) =>
        await services.GetRequiredService<SupportSettings>().SaveOrganizationAsync(Admin, new() { Name = name }, null, Cancellation);

    private static Task<OutboxOutcome> SendAsync(IServiceProvider services, string tenant)
    {
        var message = SampleMessage.Create() with { Tenant = tenant };
        return Handler(services).SendAsync(message.Session!.Value, EmailMessageJson.ToUtf8Bytes(message), Cancellation);
    }

    private static ServiceProvider Services(
        IEmailDispatcher? dispatcher, TimeProvider? time = null, Action<RescueSessionsOptions>? configure = null, ILoggerProvider? log = null)
    {
        var services = new ServiceCollection();
        if (log is not null)
            services.AddLogging(logging => logging.AddProvider(log));
        services.AddSingleton(time ?? TimeProvider.System);
        if (dispatcher is not null)
            services.AddSingleton(dispatcher);
        services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Permissions.Groups.Add(new() { Name = "all", Grants = [ConnectionRight.ManageSettings] });
            configure?.Invoke(options);
        }).AddEmail(options => options.SenderAddress = "support@example.org");
        return services.BuildServiceProvider();
    }

    private class Own : IEmailDispatcher
    {
        public List<EmailMessage> Messages { get; } = [];

        public DispatchResult Answer { get; init; } = new DispatchResult.Accepted("250 ok");

        public EmailDelivery Delivery => EmailDelivery.OnMyBehalf;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            Messages.Add(message);
            return Task.FromResult(Answer);
        }
    }

    private sealed class OwnWithWays : Own, IEmailDispatcher
    {
        public string? LaneOf(EmailMessage message) => $"by {message.Organization!.Name}";
    }
}
