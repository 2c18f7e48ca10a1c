using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Outbox;
using Rescue.Sessions.Sms;

namespace Rescue.Sessions.Testing.Tests;

public sealed class SmsInvitationsTests : IAsyncLifetime
{
    private const string Number = "+49 30 901820";

    private readonly TestProduct product = new(support => support.Services.Configure<RescueSessionsOptions>(options =>
    {
        options.Permissions.Groups.Add(new() { Name = "drafts", Grants = [ConnectionRight.PrivateSessions, ConnectionRight.EmailConnection, ConnectionRight.EmailDefaultClient] });
        options.Organizations["vast"] = new() { Name = new string('ß', 128), Languages = { "fr" } };
    }));

    private SmsInvitations Texts => product.Services.GetRequiredService<SmsInvitations>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Invite_SendsOneTextWithTheLink_WhichLeadsToTheSession()
    {
        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        var text = product.Sms.SingleTo(Number);
        text.Text.Should().StartWith("Example Support: ").And.EndWith(session.Customer.Link.ToUri().AbsoluteUri);
        (text.Encoding, text.Parts).Should().Be((SmsEncoding.Gsm7, 2));
        (text.Session, text.Language, text.Organization!.Name).Should().Be((session.Id, "en", "Example Support"));
        var invitation = (await session.NowAsync(Cancelled)).Invitation!;
        (invitation.Channel, invitation.State, invitation.To).Should().Be((InvitationChannel.Sms, InvitationState.Sent, "+4930901820"));
        await product.Customer(text).JoinAsync(Cancelled);
        (await session.NowAsync(Cancelled)).InvitationState.Should().Be(InvitationState.Joined);
    }

    [Theory]
    [InlineData("en", SmsEncoding.Gsm7)]
    [InlineData("fr-CA", SmsEncoding.Gsm7)]
    [InlineData("nl", SmsEncoding.Gsm7)]
    [InlineData("de", SmsEncoding.Gsm7)]
    [InlineData("es", SmsEncoding.Gsm7)]
    [InlineData("ar", SmsEncoding.Ucs2)]
    public async Task Invite_InALanguage_TakesFewParts(string language, SmsEncoding encoding)
    {
        await product.NewSession().BySms(Number).With(asked => asked with { Invitation = asked.Invitation! with { Language = language } }).ConnectingAsync(Cancelled);

        var text = product.Sms.SingleTo(Number);
        text.Language.Should().Be(language.Split('-')[0]);
        text.Encoding.Should().Be(encoding);
        text.Parts.Should().BeLessThanOrEqualTo(encoding == SmsEncoding.Gsm7 ? 2 : 4);
        text.Text.Should().Contain("Example Support").And.Contain(" https://help.example.org/");
    }

    [Fact]
    public async Task Invite_ByAnOrganizationWithALongName_ShortensIt_AndSpeaksItsLanguage()
    {
        await product.NewSession().By(product.Technician with { Tenant = "vast" }).BySms(Number).ConnectingAsync(Cancelled);

        product.Sms.SingleTo(Number).Text.Should().StartWith("ßßßßßßßßßßßßßßßßßßßß... : ouvrez ce lien");
    }

    [Fact]
    public async Task Invite_WithALinkThatFitsIntoNoSms_MakesNoSession()
    {
        await using var far = new TestProduct(support => support.Services.Configure<RescueSessionsOptions>(options =>
        {
            options.Codes.PublicBaseUri = new($"https://help.example.org/{new string('x', 225)}/");
            options.Organization.Name = new string('n', 40);
            options.Organization.Languages.Add("ar");
        }));

        var result = await far.Services.GetRequiredService<SmsInvitations>().InviteAsync(far.Technician, Asked(Number), Cancelled);

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.NotWritten>().Which.Reason.Should().Contain("public address");
        await far.Clock.SettleAsync(Cancelled);
        far.Sms.Attempts.Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("030 901820")]
    [InlineData("+49 30 9018 20 ext")]
    public async Task Invite_ToNoNumber_IsAProblemOfTheField(string? to)
    {
        var result = await InviteAsync(product.Technician, to);

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>().Which.Problems.Should().ContainSingle(problem => problem.Field == "sms.to");
    }

    [Fact]
    public async Task Invite_WithoutTheRightToSend_IsRefused()
    {
        var result = await InviteAsync(product.Technician with { Groups = ["drafts"] }, Number);

        result.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Forbidden>()
            .Which.Decision.Missing.Select(missing => missing.Right).Should().Equal(ConnectionRight.EmailOnBehalf);
    }

    [Fact]
    public async Task Invite_WithoutAGateway_IsAProblem()
    {
        var services = new ServiceCollection();
        services.AddRescueSessions(options => options.Codes.PublicBaseUri = new("https://help.example.org/")).AddSms();
        await using var bare = services.BuildServiceProvider();

        var problems = bare.GetRequiredService<SmsInvitations>().Validate(product.Technician, Asked(Number));

        problems.Should().ContainSingle().Which.Field.Should().Be("sms");
    }

    [Fact]
    public async Task Invite_WhenTheGatewayRefuses_SaysWhyWithoutNumberAndLink()
    {
        product.Sms.AnswerWith(message => new OutboxOutcome.Rejected($"no route to {message.To.Value} (+49 30 90 18 20)\nfor {message.Text}"));

        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        var invitation = (await session.NowAsync(Cancelled)).Invitation!;
        invitation.State.Should().Be(InvitationState.Rejected);
        invitation.Reason.Should().StartWith("no route to … (…) for Example Support").And.NotContain("901820").And.NotContain("k=");
    }

    [Fact]
    public async Task Invite_WhenTheGatewayIsBusy_IsSentLater_WithTheSameId()
    {
        product.Sms.AnswerWith(_ => new OutboxOutcome.Deferred("busy"));
        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);
        (await session.NowAsync(Cancelled)).InvitationState.Should().Be(InvitationState.Deferred);

        product.Sms.AnswerWith(_ => new OutboxOutcome.Accepted());
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(2), Cancelled);

        (await session.NowAsync(Cancelled)).InvitationState.Should().Be(InvitationState.Sent);
        product.Sms.Attempts.Select(attempt => attempt.Id).Distinct().Should().ContainSingle().Which.Should().HaveLength(32);
    }

    [Fact]
    public async Task Invite_WhenAnAnswerIsLost_IsTriedOnceMore_AndNoMore()
    {
        product.Sms.AnswerWith(_ => new OutboxOutcome.Unknown("lost"));
        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(15), Cancelled);

        (await session.NowAsync(Cancelled)).InvitationState.Should().Be(InvitationState.Unknown);
        product.Sms.Attempts.Should().HaveCount(2);
        product.Sms.Attempts.Select(attempt => attempt.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Invite_WithAWrongSetting_WaitsForItToBePutRight()
    {
        product.Sms.AnswerWith(_ => new OutboxOutcome.NotSent("The gateway does not accept the key."));
        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        (await session.NowAsync(Cancelled)).Invitation!.IsHeld.Should().BeTrue();
    }

    [Fact]
    public async Task Invite_WhileTheGatewayIsAway_IsTriedAgain_CountsNoAttempt_AndIsToldOnce()
    {
        product.Sms.AnswerWith(_ => new OutboxOutcome.NotSent("The gateway could not be reached."));
        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(15), Cancelled);
        var held = (await session.NowAsync(Cancelled)).Invitation!;
        var tried = product.Sms.Attempts.Count;

        product.Sms.AnswerWith(_ => new OutboxOutcome.Accepted());
        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(2), Cancelled);

        (held.State, held.IsHeld, held.Attempts, held.Reason).Should().Be((InvitationState.Deferred, true, 0, "The gateway could not be reached."));
        tried.Should().BeInRange(10, 40, "it waits longer and longer, and not for long once the gateway is back");
        var sent = (await session.NowAsync(Cancelled)).Invitation!;
        (sent.State, sent.IsHeld, sent.Attempts).Should().Be((InvitationState.Sent, false, 1));
        product.Sms.Attempts.Select(attempt => attempt.Id).Distinct().Should().ContainSingle("a gateway that takes an id sends it once");
        var history = await product.Services.GetRequiredService<SessionDirectory>().FindDetailsAsync(product.Technician, session.Id, Cancelled);
        history!.History.Events.Where(happened => happened.Kind == SessionEventKind.Invitation).Select(happened => happened.Detail).Should().Equal("Deferred", "Sent");
    }

    [Fact]
    public async Task Resend_RepeatsTheLink_InAnotherText()
    {
        var session = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        var result = await Texts.ResendAsync(product.Technician, session.Id, Cancelled);
        await product.Clock.SettleAsync(Cancelled);

        result.Should().BeOfType<SessionResult.Done>();
        product.Sms.Messages.Should().HaveCount(2);
        product.Sms.Messages.Select(message => message.Text).Distinct().Should().ContainSingle();
        product.Sms.Messages.Select(message => message.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Resend_OfTheOtherChannel_IsAProblem()
    {
        var mailed = await product.NewSession().ByEmail().ConnectingAsync(Cancelled);
        var texted = await product.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        (await Texts.ResendAsync(product.Technician, mailed.Id, Cancelled)).Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>();
        (await product.Invitations.ResendAsync(product.Technician, texted.Id, cancellationToken: Cancelled)).Outcome.Should().BeOfType<SessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task Limit_OfARecipient_CountsANumberHoweverItIsWritten()
    {
        await using var strict = new TestProduct(support => support.Services.Configure<RescueSessionsOptions>(options => options.Invitations.RecipientLimit = 1));
        await strict.NewSession().BySms(Number).ConnectingAsync(Cancelled);

        var second = await strict.Services.GetRequiredService<SmsInvitations>().InviteAsync(strict.Technician, Asked("+49(0)30901820"), Cancelled);

        second.Should().BeOfType<CreateSessionResult.Refused>().Which.Reason.Should().BeOfType<Refusal.TooMany>();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Task<CreateSessionResult> InviteAsync(Technician technician, string? to) => Texts.InviteAsync(technician, Asked(to), Cancelled);

    private static NewSession Asked(string? to) =>
        new("Grace Hopper") { Invitation = new() { Channel = InvitationChannel.Sms, Delivery = EmailDelivery.OnMyBehalf, To = to } };
}
