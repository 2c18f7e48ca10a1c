using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Rescue.Sessions.Email.Relay;
using Rescue.Sessions.Email.Storage;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.Email.Smtp;

/// <summary>A product with two mail servers, as its registrations make it.</summary>
public sealed class SmtpServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispatch_RuleByTenant_TakesEachMessageToItsServer()
    {
        await using var acme = new SmtpSink();
        await using var globex = new SmtpSink();
        await using var services = Services(acme, globex);
        var dispatcher = Dispatcher(services);

        foreach (var tenant in (string[])["acme", "globex", "globex"])
            (await dispatcher.DispatchAsync(SampleMessage.Create() with { Tenant = tenant }, Cancellation)).Should().BeOfType<DispatchResult.Accepted>();

        acme.Messages.Should().HaveCount(1);
        globex.Messages.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("initech", "*'initech'*UseSmtp(\"initech\"*")]
    [InlineData("a@b.example", "*a mail server that there is not*Correct the rule*")]
    public async Task Send_RuleNamesAServerThatIsNotThere_HoldsTheMessageAndSaysWhy(string name, string reason)
    {
        await using var acme = new SmtpSink();
        await using var services = Services(acme, acme, rule: message => message.Tenant == "lost" ? name : null);
        var handler = services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single();

        var lost = await SendAsync(handler, "lost");
        var others = await SendAsync(handler, "acme");

        lost.Should().BeOfType<OutboxOutcome.NotSent>();
        lost.Reason.Should().Match(reason).And.NotContain("@");
        others.Should().BeOfType<OutboxOutcome.Accepted>();
        services.GetRequiredService<MailRelay>().Outages.Should().ContainSingle().Which.Cause.Should().Be(NotSentCause.UnknownServer);
    }

    [Fact]
    public async Task Send_ServerWithAWrongPassword_HoldsItsOwnMailAlone()
    {
        await using var acme = new SmtpSink();
        await using var globex = new SmtpSink(new SmtpSinkSettings { Answers = new Dictionary<SmtpPhase, string> { [SmtpPhase.Mail] = "535 5.7.8 no\r\n" } });
        await using var services = Services(acme, globex);
        var handler = services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single();

        (await SendAsync(handler, "globex")).Should().BeOfType<OutboxOutcome.NotSent>();
        (await SendAsync(handler, "globex")).Should().BeOfType<OutboxOutcome.NotSent>();
        (await SendAsync(handler, "acme")).Should().BeOfType<OutboxOutcome.Accepted>();

        globex.Commands.Count(command => command.StartsWith("MAIL", StringComparison.Ordinal)).Should().Be(1, "one message at a time finds out whether it is over");
    }

    /// <summary>An administrator sets the sender, whose domain is the name in EHLO unless the host has set one.</summary>
    [Theory]
    [InlineData(null, "EHLO", false)]
    [InlineData("mail.example.org", "EHLO", true)]
    [InlineData(null, "greeting", true)]
    public async Task Send_ServerThatRefusesTheNameOfOneSender_HoldsNoOthersMail(string? localDomain, string refused, bool holdsAll)
    {
        await using var sink = new SmtpSink(new SmtpSinkSettings { FaultyPhase = refused == "EHLO" ? SmtpPhase.Ehlo : SmtpPhase.Greeting, Fault = SmtpFault.Permanent, FaultyConnections = number => number == 0 });
        await using var services = Services(sink, sink, rule: _ => "globex", configure: options => options.LocalDomain = localDomain);
        var handler = services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single();
        var (listed, other) = (EmailAddress.Parse("help@listed.example"), EmailAddress.Parse("support@acme.example"));

        (await SendAsync(handler, "globex", listed)).Should().BeOfType<OutboxOutcome.NotSent>();
        (await SendAsync(handler, "globex", listed)).Should().BeOfType<OutboxOutcome.NotSent>("its own mail waits");

        (await SendAsync(handler, "acme", other) is OutboxOutcome.NotSent).Should().Be(holdsAll);
    }

    [Fact]
    public async Task Outbox_OneServerHangs_TheOtherGetsItsMail()
    {
        await using var acme = new SmtpSink();
        await using var globex = new SmtpSink(new SmtpSinkSettings { FaultyPhase = SmtpPhase.Ehlo, Fault = SmtpFault.Hang });
        await using var services = Services(acme, globex, name: "hangs");
        var invitations = services.GetRequiredService<EmailInvitations>();
        for (var i = 0; i < 100; i++)
            await InviteAsync(invitations, "globex");
        var (session, _) = await InviteAsync(invitations, "acme");
        var pump = services.GetServices<IHostedService>().Single(service => service.GetType().Name == "OutboxPump");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        var events = services.GetRequiredService<SessionEvents>().WatchAsync(Ada("acme"), 0, patience.Token);

        await pump.StartAsync(Cancellation);

        await foreach (var happened in events)
        {
            if (happened.Session == session.Id && happened.Detail == nameof(InvitationState.Sent))
                break;
        }

        acme.Messages.Should().ContainSingle();
        globex.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_SeveralServersAndNoRule_IsRefused()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(sink, sink, rule: null);

        var read = () => services.GetRequiredService<IOptions<EmailOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().WithMessage("Email.SmtpServer is not set*'globex'*message => *");
    }

    [Fact]
    public async Task Start_NamedServerIsWrong_SaysWhichOne()
    {
        await using var sink = new SmtpSink();
        await using var services = Services(sink, sink, configure: options => options.Port = 0);

        var read = () => services.GetRequiredService<IOptionsMonitor<SmtpOptions>>().Get("globex");

        read.Should().Throw<OptionsValidationException>().WithMessage("Smtp[globex].Port must be*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    public void UseSmtp_NameThatIsNone_IsAMistake(string name)
    {
        var add = () => new ServiceCollection().AddRescueSessions().UseSmtp(name);

        add.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task Send_MessageOfTheVersionBefore_GoesByTheServerOfItsSession()
    {
        await using var acme = new SmtpSink();
        await using var globex = new SmtpSink();
        await using var services = Services(acme, globex);
        var (session, _) = await InviteAsync(services.GetRequiredService<EmailInvitations>(), "globex");
        var handler = services.GetServices<OutboxHandler>().OfType<EmailOutboxHandler>().Single();
        var stored = EmailMessageJson.ToUtf8Bytes(SampleMessage.Create() with { Tenant = Technician.DefaultTenant, Session = null, Reference = null });

        (await handler.SendAsync(session.Id, stored, Cancellation)).Should().BeOfType<OutboxOutcome.Accepted>();

        globex.Messages.Should().ContainSingle();
    }

    private static Task<OutboxOutcome> SendAsync(OutboxHandler handler, string tenant, EmailAddress? from = null)
    {
        var message = SampleMessage.Create();
        return handler.SendAsync(message.Session!.Value, EmailMessageJson.ToUtf8Bytes(message with { Tenant = tenant, From = from ?? message.From }), Cancellation);
    }

    private static IEmailDispatcher Dispatcher(IServiceProvider services) =>
        services.GetServices<IEmailDispatcher>().Single(dispatcher => dispatcher.Delivery == EmailDelivery.OnMyBehalf);

    private static Technician Ada(string tenant) => new("ada", "Ada Lovelace") { Groups = ["all"], Tenant = tenant };

    private static async Task<(Session Session, EmailDraft? Draft)> InviteAsync(EmailInvitations invitations, string tenant)
    {
        var session = new NewSession("Grace") { Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };
        var result = await invitations.InviteAsync(Ada(tenant), session, Cancellation);
        return (((CreateSessionResult.Created)result.Outcome).Session, result.Draft);
    }

    private static ServiceProvider Services(SmtpSink first, SmtpSink second, string name = "globex", Action<SmtpOptions>? configure = null) =>
        Services(first, second, message => message.Tenant == "globex" ? name : null, name, configure);

    private static ServiceProvider Services(
        SmtpSink first, SmtpSink second, Func<EmailMessage, string?>? rule, string name = "globex", Action<SmtpOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Codes.IssueLimit = 0;
            options.Codes.RepeatWindow = TimeSpan.Zero;
            options.Invitations.RecipientLimit = 0;
            options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).AddEmail(options =>
        {
            options.SenderAddress = "support@example.org";
            options.SmtpServer = rule;
        }).UseSmtp(options => At(options, first)).UseSmtp(name, options =>
        {
            At(options, second);
            options.CommandTimeout = TimeSpan.FromSeconds(10);
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private static void At(SmtpOptions options, SmtpSink sink)
    {
        options.Host = "localhost";
        options.Port = sink.Port;
        options.Security = SmtpSecurity.None;
    }
}
