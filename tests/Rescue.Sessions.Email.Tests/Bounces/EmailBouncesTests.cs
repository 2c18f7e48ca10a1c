using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Testing;

namespace Rescue.Sessions.Email.Bounces;

public sealed class EmailBouncesTests : IAsyncDisposable
{
    private const string Grace = "grace@example.net";

    private readonly TestProduct _product = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [InlineData("{0}")]
    [InlineData("<{0}>")]
    [InlineData(" <{0}>\r\n")]
    public async Task Note_MessageAsNoticesQuoteIt_IsSaidOfTheSessionWithItsReason(string quoted)
    {
        var (session, message) = await InviteAsync();

        var outcome = await NoteAsync(string.Format(null, quoted, message.MessageId), "550 5.1.1 <grace@example.net>: no such user grace, see https://help.example.net/x");

        outcome.Should().Be(BounceOutcome.Noted);
        var now = await session.NowAsync(Cancellation);
        now.InvitationState.Should().Be(InvitationState.Bounced);
        now.Invitation!.Reason.Should().Be("550 5.1.1 *** no such user *** see ***");
        now.Invitation.At.Should().Be(_product.Clock.Now);
        var history = await _product.Services.GetRequiredService<ISessionStore>().FindHistoryAsync(session.Id, Cancellation);
        history!.Events[^1].Detail.Should().Be("Bounced");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Note_MessageIdInAnotherCase_IsTheSame(bool upper)
    {
        var (session, message) = await InviteAsync();

        (await NoteAsync(upper ? message.MessageId.ToUpperInvariant() : message.MessageId.ToLowerInvariant())).Should().Be(BounceOutcome.Noted);

        (await session.NowAsync(Cancellation)).Invitation.Should().Match<Invitation>(now => now.State == InvitationState.Bounced && now.MessageId == message.MessageId);
    }

    [Fact]
    public async Task Note_Repeated_IsOvertakenAndLeavesNoSecondEntry()
    {
        var (session, message) = await InviteAsync();
        await NoteAsync(message.MessageId);
        var version = (await session.NowAsync(Cancellation)).Version;

        (await NoteAsync(message.MessageId, "again")).Should().Be(BounceOutcome.Overtaken);

        (await session.NowAsync(Cancellation)).Version.Should().Be(version);
    }

    [Theory]
    [InlineData(EmailDelivery.OnMyBehalf, InvitationState.Sent)]
    [InlineData(EmailDelivery.DefaultMailClient, InvitationState.Drafted)]
    public async Task Note_OfTheMessageBeforeAResend_SaysNothingOfTheNew(EmailDelivery delivery, InvitationState state)
    {
        var (session, first) = await InviteAsync();
        await ResendAsync(session, delivery);

        (await NoteAsync(first.MessageId)).Should().Be(BounceOutcome.Overtaken);

        var invitation = (await session.NowAsync(Cancellation)).Invitation!;
        invitation.State.Should().Be(state);
        invitation.MessageId.Should().Be(delivery == EmailDelivery.OnMyBehalf ? _product.Mail.SingleTo(Grace).MessageId : null).And.NotBe(first.MessageId);
    }

    [Fact]
    public async Task Resend_AfterABounce_IsNotSaidToBeARepeat()
    {
        var (session, message) = await InviteAsync();
        await NoteAsync(message.MessageId);

        await ResendAsync(session, null);

        _product.Mail.SingleTo(Grace).Subject.Should().Be(message.Subject, "the customer has not seen the first");
        (await session.NowAsync(Cancellation)).InvitationState.Should().Be(InvitationState.Sent);
    }

    [Theory]
    [InlineData("joined", InvitationState.Joined)]
    [InlineData("revoked", InvitationState.Revoked)]
    [InlineData("expired", InvitationState.Expired)]
    public async Task Note_OfWhatIsOver_ChangesNothing(string what, InvitationState state)
    {
        var (session, message) = await InviteAsync();
        if (what == "joined")
            await session.Customer.JoinAsync(Cancellation);
        else if (what == "revoked")
            await _product.Sessions.RevokeAsync(_product.Technician, session.Id, Cancellation);
        else
            await _product.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);

        (await NoteAsync(message.MessageId)).Should().Be(BounceOutcome.Overtaken);

        (await session.NowAsync(Cancellation)).InvitationState.Should().Be(state);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("somebody-elses@example.org")]
    [InlineData("0190a3f0c7a87cc1b1f3a1b2c3d4e5f6.0123456789abcdef@example.org")]
    [InlineData("00000000000000000000000000000000.0123456789abcdef@example.org")]
    [InlineData(".@")]
    public async Task Note_MessageOfNobody_IsUnknown(string messageId) => (await NoteAsync(messageId)).Should().Be(BounceOutcome.Unknown);

    [Fact]
    public async Task Note_MadeUpForASession_ChangesNothing()
    {
        var (session, _) = await InviteAsync();

        (await NoteAsync($"{session.Id}.0123456789abcdef@example.org")).Should().Be(BounceOutcome.Overtaken);

        (await session.NowAsync(Cancellation)).InvitationState.Should().Be(InvitationState.Sent);
    }

    private Task<BounceOutcome> NoteAsync(string messageId, string? reason = null) =>
        _product.Services.GetRequiredService<EmailBounces>().NoteAsync(messageId, reason, Cancellation);

    private async Task<(TestSession Session, EmailMessage Message)> InviteAsync()
    {
        var session = await _product.NewSession().ByEmail(Grace).ConnectingAsync(Cancellation);
        var message = _product.Mail.SingleTo(Grace);
        (await session.NowAsync(Cancellation)).Invitation!.MessageId.Should().Be(message.MessageId);
        return (session, message);
    }

    private async Task ResendAsync(TestSession session, EmailDelivery? delivery)
    {
        _product.Mail.Clear();
        var result = await _product.Invitations.ResendAsync(_product.Technician, session.Id, delivery, Cancellation);
        result.Outcome.Should().BeOfType<SessionResult.Done>();
        await _product.Clock.SettleAsync(Cancellation);
    }
}
