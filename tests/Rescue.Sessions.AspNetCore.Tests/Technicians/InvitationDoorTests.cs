using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Devices;
using Rescue.Sessions.Email;
using Rescue.Sessions.Email.Templates;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;

namespace Rescue.Sessions.AspNetCore.Tests.Technicians;

/// <summary>What <see cref="EmailInvitations"/> refuses before anything is stored, and what it leaves behind when a dispatcher fails.</summary>
public sealed class InvitationDoorTests
{
    private static readonly Technician Ada = new("ada", "Ada Lovelace") { Groups = ["all"] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invite_DraftCannotBeHandedOver_LeavesNoOpenSession(bool atOnce)
    {
        await using var services = Services(dispatcher: new Failing(EmailDelivery.DefaultMailClient, atOnce));

        var invite = () => Invite(services, new("Grace Hopper"), EmailDelivery.DefaultMailClient);

        await invite.Should().ThrowAsync<TimeoutException>();
        var left = await services.GetRequiredService<SessionDirectory>().ListAsync(new() { Tenant = Ada.Tenant }, Cancellation);
        left.Should().ContainSingle().Which.Status.Should().Be(SessionStatus.Closed);
    }

    [Theory]
    [InlineData("Your account is locked, verify at https://evil.example/login", null, "customerName")]
    [InlineData("Grace", "see evil.com", "reference")]
    public async Task Validate_LinkInAMessageOnBehalf_IsRefusedUnlessItIsBroken(string name, string? reference, string field)
    {
        var session = new NewSession(name) { Reference = reference, Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };
        await using var strict = Services();
        await using var lenient = Services(options => options.LinksInNames = LinksInNames.Defuse);

        strict.GetRequiredService<EmailInvitations>().Validate(Ada, session).Should().ContainSingle().Which.Field.Should().Be(field);
        lenient.GetRequiredService<EmailInvitations>().Validate(Ada, session).Should().BeEmpty();
        strict.GetRequiredService<EmailInvitations>().Validate(Ada, session with { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } })
            .Should().BeEmpty("a draft leaves the technician's own mailbox");
    }

    [Theory]
    [InlineData("Name <grace@EXAMPLE.org>")]
    [InlineData("mailto:grace@example.org")]
    [InlineData(" grace@example\u200B.org\u00A0")]
    public async Task Invite_AddressAsItIsCopied_IsKeptAsOneMailbox(string to)
    {
        await using var services = Services();

        var result = await Invite(services, new("Grace Hopper"), EmailDelivery.OnMyBehalf, to);

        result.Outcome.Should().BeOfType<CreateSessionResult.Created>().Which.Session.Invitation!.To.Should().Be("grace@example.org");
    }

    public static TheoryData<string, string, NewSession> Wrong { get; } = new()
    {
        { "email.to", "two addresses", new("Grace") { Invitation = OnBehalf with { To = "a@example.org, b@example.org" } } },
        { "email.to", "no address", new("Grace") { Invitation = OnBehalf with { To = " " } } },
        { "email.language", "no language", new("Grace") { Invitation = OnBehalf with { Language = "no language" } } },
        { "email.timeZone", "no time zone", new("Grace") { Invitation = OnBehalf with { TimeZone = "Europe/Atlantis" } } },
        { "email.platform", "no platform", new("Grace") { Invitation = OnBehalf with { Platform = (DevicePlatform)77 } } },
        { "email.delivery", "no delivery", new("Grace") { Invitation = OnBehalf with { Delivery = (EmailDelivery)77 } } },
        { "email.values.ticket", "an unknown name", new("Grace") { Invitation = OnBehalf with { Values = new Dictionary<string, string> { ["ticket"] = "1" } } } },
        { "fields.field0", "a link in a field", new("Grace") { Fields = new() { Field0 = "evil.com" }, Invitation = OnBehalf } },
        { "customerName, email.to", "two at once", new("a\nb") { Invitation = OnBehalf with { To = "grace" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Invite_WrongRequest_IsAnsweredByFieldAndStoresNothing(string fields, string what, NewSession session)
    {
        await using var services = Services();

        var result = await services.GetRequiredService<EmailInvitations>().InviteAsync(Ada, session, Cancellation);

        result.Outcome.Should().BeOfType<CreateSessionResult.Refused>(what).Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Select(problem => problem.Field).Should().Equal(fields.Split(", "));
        (await services.GetRequiredService<SessionDirectory>().ListAsync(new() { Tenant = Ada.Tenant }, Cancellation)).Should().BeEmpty();
    }

    [Fact]
    public async Task Invite_WithoutAnInvitation_IsAMistake()
    {
        await using var services = Services();

        var invite = () => services.GetRequiredService<EmailInvitations>().InviteAsync(Ada, new("Grace"), Cancellation);

        await invite.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Invite_MessageThatCannotBeWritten_IsAnAnswer()
    {
        await using var services = Services(options => options.Placeholders.Add(
            "ticket.title", TemplatePlaceholderKind.Text, new Dictionary<string, string> { ["en"] = "The title." }, sample: "Printer", maxLength: 8, value: _ => "far too long"));

        var result = await Invite(services, new("Grace"), EmailDelivery.OnMyBehalf, "grace@example.org");

        result.Outcome.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.NotWritten>().Which.Reason.Should().Contain("ticket.title");
    }

    [Fact]
    public async Task Resend_ByATransportThatIsNotThere_IsAnsweredByField()
    {
        await using var services = Services(sends: false, dispatcher: new Drafting());
        var invitations = services.GetRequiredService<EmailInvitations>();
        var created = (CreateSessionResult.Created)(await Invite(services, new("Grace"), EmailDelivery.DefaultMailClient, "grace@example.org")).Outcome;

        var unsendable = await invitations.ResendAsync(Ada, created.Session.Id, EmailDelivery.OnMyBehalf, Cancellation);
        var undefined = await invitations.ResendAsync(Ada, created.Session.Id, (EmailDelivery)77, Cancellation);
        var unaddressed = await invitations.ResendAsync(Ada with { Email = "nobody" }, created.Session.Id, null, Cancellation);

        Fields(unsendable).Should().Equal("delivery");
        Fields(undefined).Should().Equal("delivery");
        Fields(unaddressed).Should().Equal("technician.email");
    }

    [Fact]
    public async Task Resend_OnBehalfWithoutAnAddress_IsAnsweredByField()
    {
        await using var services = Services(dispatcher: new Drafting());
        var created = (CreateSessionResult.Created)(await Invite(services, new("Grace"), EmailDelivery.DefaultMailClient)).Outcome;

        var result = await services.GetRequiredService<EmailInvitations>().ResendAsync(Ada, created.Session.Id, EmailDelivery.OnMyBehalf, Cancellation);

        Fields(result).Should().Equal("delivery");
    }

    [Fact]
    public async Task Invite_Message_SaysWhoseItIs()
    {
        var dispatcher = new Drafting();
        await using var services = Services(dispatcher: dispatcher);
        var technician = Ada with { Tenant = "globex" };

        var result = await services.GetRequiredService<EmailInvitations>().InviteAsync(
            technician, new("Grace") { Reference = "T-7", Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } }, Cancellation);

        var created = (CreateSessionResult.Created)result.Outcome;
        dispatcher.Messages.Should().ContainSingle().Which.Should().Match<EmailMessage>(message =>
            message.Tenant == "globex" && message.Session == created.Session.Id && message.Reference == "T-7");
    }

    private static NewInvitation OnBehalf => new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" };

    private static IEnumerable<string> Fields(ResendResult result) =>
        result.Outcome.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Select(problem => problem.Field);

    private static Task<InviteResult> Invite(ServiceProvider services, NewSession session, EmailDelivery delivery, string? to = null) =>
        services.GetRequiredService<EmailInvitations>().InviteAsync(Ada, session with { Invitation = new() { Delivery = delivery, To = to } }, Cancellation);

    private static ServiceProvider Services(Action<EmailOptions>? configure = null, IEmailDispatcher? dispatcher = null, bool sends = true)
    {
        var services = new ServiceCollection();
        if (sends)
            services.AddSingleton<IEmailDispatcher>(new Failing(EmailDelivery.OnMyBehalf, atOnce: true));
        if (dispatcher is not null)
            services.AddSingleton(dispatcher);
        services.AddRescueSessions(options =>
        {
            options.Codes.PublicBaseUri = new("https://help.example.org/");
            options.Permissions.Groups.Add(new() { Name = "all", Grants = [.. Enum.GetValues<ConnectionRight>()] });
        }).AddEmail(options =>
        {
            options.SenderAddress = "support@example.org";
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private sealed class Drafting : IEmailDispatcher
    {
        public List<EmailMessage> Messages { get; } = [];

        public EmailDelivery Delivery => EmailDelivery.DefaultMailClient;

        public Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            Messages.Add(message);
            return Task.FromResult<DispatchResult>(new DispatchResult.Drafted(new(null, "", message.Text)));
        }
    }

    private sealed class Failing(EmailDelivery delivery, bool atOnce) : IEmailDispatcher
    {
        public EmailDelivery Delivery => delivery;

        public async Task<DispatchResult> DispatchAsync(EmailMessage message, CancellationToken cancellationToken)
        {
            if (!atOnce)
                await Task.Yield();
            throw new TimeoutException();
        }
    }
}
