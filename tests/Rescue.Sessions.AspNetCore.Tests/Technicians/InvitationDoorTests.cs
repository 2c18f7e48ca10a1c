using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Email;
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
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    public async Task Invite_DraftCannotBeWritten_LeavesNoOpenSession(bool atOnce, int open)
    {
        await using var services = Services(dispatcher: new Failing(EmailDelivery.DefaultMailClient, atOnce));

        var invite = () => Invite(services, new("Grace Hopper"), EmailDelivery.DefaultMailClient);

        await invite.Should().ThrowAsync<TimeoutException>();
        var left = await services.GetRequiredService<SupportSessions>().ListAsync(new() { Tenant = Ada.Tenant }, Cancellation);
        left.Count(session => session.Status != SessionStatus.Closed).Should().Be(open);
        if (atOnce)
            left.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Your account is locked, verify at https://evil.example/login", null, "customerName")]
    [InlineData("Grace", "see evil.com", "reference")]
    public async Task Validate_LinkInAMessageOnBehalf_IsRefusedUnlessItIsBroken(string name, string? reference, string field)
    {
        var session = new NewSession(name) { Reference = reference, Invitation = new() { Delivery = EmailDelivery.OnMyBehalf, To = "grace@example.org" } };
        await using var strict = Services();
        await using var lenient = Services(options => options.LinksInNames = LinksInNames.Defuse);

        strict.GetRequiredService<EmailInvitations>().Validate(session).Should().ContainSingle().Which.Field.Should().Be(field);
        lenient.GetRequiredService<EmailInvitations>().Validate(session).Should().BeEmpty();
        strict.GetRequiredService<EmailInvitations>().Validate(session with { Invitation = new() { Delivery = EmailDelivery.DefaultMailClient } })
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

        result.Session.Should().BeOfType<CreateSessionResult.Created>().Which.Session.Invitation!.To.Should().Be("grace@example.org");
    }

    private static Task<InviteResult> Invite(ServiceProvider services, NewSession session, EmailDelivery delivery, string? to = null) =>
        services.GetRequiredService<EmailInvitations>().InviteAsync(Ada, session with { Invitation = new() { Delivery = delivery, To = to } }, Cancellation);

    private static ServiceProvider Services(Action<EmailOptions>? configure = null, IEmailDispatcher? dispatcher = null)
    {
        var services = new ServiceCollection();
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
