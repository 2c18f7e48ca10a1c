using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;
using Rescue.Sessions.Outbox;

namespace Rescue.Sessions.Testing.Tests;

public sealed class CapturedMailTests : IAsyncLifetime
{
    private readonly TestProduct product = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task SingleTo_OneMessage_IsIt_InAnyCase()
    {
        var session = await product.NewSession().ByEmail("grace@example.org").ConnectingAsync(Cancelled);

        var message = product.Mail.SingleTo("GRACE@example.org");

        message.Session.Should().Be(session.Id);
        message.Link.Should().Be(session.Customer.Link.ToUri());
    }

    [Fact]
    public async Task SingleTo_NoMessage_SaysWhatWasSent()
    {
        await product.NewSession().ByEmail("grace@example.org").ConnectingAsync(Cancelled);

        var look = () => product.Mail.SingleTo("alan@example.org");

        look.Should().Throw<TestFailedException>().WithMessage("*alan@example.org*to grace@example.org*SettleAsync*");
    }

    /// <summary>As by an answer that another test of the same host has left.</summary>
    [Fact]
    public async Task SingleTo_OneThatWasNotAccepted_SaysSo()
    {
        product.Mail.AnswerWith(_ => new DispatchResult.Rejected(550, "5.1.1", "no such user"));
        product.Sms.AnswerWith(_ => new OutboxOutcome.Rejected("no such number"));
        await product.NewSession().ByEmail("grace@example.org").ConnectingAsync(Cancelled);
        await product.NewSession("Alan").BySms("+49 30 901820").ConnectingAsync(Cancelled);

        var mail = () => product.Mail.SingleTo("GRACE@example.org");
        var text = () => product.Sms.SingleTo("+49 30 901820");

        mail.Should().Throw<TestFailedException>().WithMessage("No message went to GRACE@example.org*AnswerWith*");
        text.Should().Throw<TestFailedException>().WithMessage("No text went to +4930901820*AnswerWith*");
    }

    [Fact]
    public async Task SingleTo_Several_SaysHowMany()
    {
        await product.NewSession().ByEmail().ConnectingAsync(Cancelled);
        await product.NewSession("Again").ByEmail().ConnectingAsync(Cancelled);

        var look = () => product.Mail.SingleTo("grace@example.org");

        look.Should().Throw<TestFailedException>().WithMessage("2 messages went to grace@example.org*");
    }

    [Fact]
    public async Task ShouldBeEmpty_AfterAMessage_NamesIt()
    {
        product.Mail.ShouldBeEmpty();
        await product.NewSession().ByEmail().ConnectingAsync(Cancelled);
        var look = () => product.Mail.ShouldBeEmpty();

        look.Should().Throw<TestFailedException>().WithMessage("*grace@example.org*");
        product.Mail.Clear();
        look.Should().NotThrow();
    }

    [Fact]
    public async Task AnswerWith_ARejection_IsTheInvitationsState()
    {
        product.Mail.AnswerWith(_ => new DispatchResult.Rejected(550, "5.1.1", "no such user"));

        var session = await product.NewSession().ByEmail().ConnectingAsync(Cancelled);

        (await session.NowAsync(Cancelled)).Invitation!.State.Should().Be(InvitationState.Rejected);
        product.Mail.ShouldBeEmpty();
        product.Mail.Attempts.Should().ContainSingle();
    }

    [Fact]
    public async Task AnswerWith_LaterThenAccepted_SendsOnceTheClockHasMoved()
    {
        product.Mail.AnswerWith(_ => new DispatchResult.Deferred(451, "4.7.1", "greylisted", null));
        var session = await product.NewSession().ByEmail().ConnectingAsync(Cancelled);
        product.Mail.AnswerWith(_ => new DispatchResult.Accepted("250 ok"));

        await product.Clock.AdvanceAsync(TimeSpan.FromMinutes(10), Cancelled);

        product.Mail.SingleTo("grace@example.org").Session.Should().Be(session.Id);
        product.Mail.Attempts.Should().HaveCount(2).And.OnlyContain(message => message.MessageId == product.Mail.Messages[0].MessageId);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
