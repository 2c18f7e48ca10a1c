using Rescue.Sessions.Email;
using Rescue.Sessions.Invitations;

namespace Rescue.Sessions.DispatcherContract;

/// <summary>
/// What every dispatcher that sends on behalf must do. A test project derives a class and hands it dispatchers: one whose relay takes everything and, where those
/// can be made, one whose relay is not there and one whose relay keeps its answer to itself.
/// </summary>
public abstract class DispatcherContract
{
    private const int Many = 32;

    public static TheoryData<MessageShape> Shapes => [.. Enum.GetValues<MessageShape>()];

    /// <summary>A dispatcher whose relay takes every message.</summary>
    protected abstract IEmailDispatcher CreateDispatcher();

    /// <summary>A dispatcher whose relay cannot be reached; null where a test cannot make one.</summary>
    protected virtual IEmailDispatcher? CreateUnreachable() => null;

    /// <summary>
    /// A dispatcher whose relay takes a message and never answers, with a time limit of its own that is short enough for a test; null where a test cannot make one.
    /// </summary>
    protected virtual IEmailDispatcher? CreateUnanswered() => null;

    /// <summary>The Message-IDs that have come to the relay; null where it does not tell.</summary>
    protected virtual Task<IReadOnlyList<string>?> ReceivedAsync() => Task.FromResult<IReadOnlyList<string>?>(null);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Delivery_IsOnBehalf() => CreateDispatcher().Delivery.Should().Be(EmailDelivery.OnMyBehalf);

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Message_OfAnyShape_IsAccepted(MessageShape shape)
    {
        var message = Messages.New(shape);

        var result = await CreateDispatcher().DispatchAsync(message, Cancellation);

        result.Should().BeOfType<DispatchResult.Accepted>();
        if (await ReceivedAsync() is { } received)
            received.Should().ContainSingle(id => id.Contains(message.MessageId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_ManyAtOnce_AreEachAccepted()
    {
        var dispatcher = CreateDispatcher();
        var messages = Enumerable.Range(0, Many).Select(_ => Messages.New()).ToArray();

        var results = await Task.WhenAll(messages.Select(message => Task.Run(() => dispatcher.DispatchAsync(message, Cancellation), Cancellation)));

        results.Should().AllBeOfType<DispatchResult.Accepted>();
        if (await ReceivedAsync() is { } received)
            messages.Should().OnlyContain(message => received.Any(id => id.Contains(message.MessageId, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Message_OnceMore_IsTakenAgain_UnderItsOwnId()
    {
        var dispatcher = CreateDispatcher();
        var message = Messages.New();
        await dispatcher.DispatchAsync(message, Cancellation);

        var again = await dispatcher.DispatchAsync(message, Cancellation);

        again.Should().BeOfType<DispatchResult.Accepted>();
        if (await ReceivedAsync() is { } received)
            received.Where(id => id.Contains(message.MessageId, StringComparison.Ordinal)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Message_CancelledBeforehand_IsNotSent()
    {
        var message = Messages.New();
        var dispatch = () => CreateDispatcher().DispatchAsync(message, new CancellationToken(canceled: true));

        await dispatch.Should().ThrowAsync<OperationCanceledException>();
        if (await ReceivedAsync() is { } received)
            received.Should().NotContain(id => id.Contains(message.MessageId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Relay_ThatIsNotThere_IsAnAnswerThatTellsNobodysAddress()
    {
        if (CreateUnreachable() is not { } dispatcher)
        {
            Assert.Skip("The test makes no dispatcher without a relay.");
        }
        else
        {
            var message = Messages.New();

            var result = await dispatcher.DispatchAsync(message, Cancellation);

            result.Should().BeOfType<DispatchResult.NotSent>().Which.CanRetry.Should().BeTrue("nothing need be changed for it to go later");
            result.ToString().Should().NotContain("grace").And.NotContain("483920");
        }
    }

    [Fact]
    public async Task Relay_ThatNeverAnswers_IsUnknown()
    {
        if (CreateUnanswered() is not { } dispatcher)
        {
            Assert.Skip("The test makes no dispatcher whose relay does not answer.");
        }
        else
        {
            var result = await dispatcher.DispatchAsync(Messages.New(), Cancellation);

            result.Should().BeOfType<DispatchResult.Unknown>("the relay may have sent it, and what counts as not sent is sent again and again");
        }
    }

    [Fact]
    public void Lane_OfTheSameMessage_IsTheSame()
    {
        var dispatcher = CreateDispatcher();
        var message = Messages.New();

        dispatcher.LaneOf(message).Should().Be(dispatcher.LaneOf(message));
    }
}
