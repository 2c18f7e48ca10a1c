using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Rescue.Sessions.AspNetCore.Events;

namespace Rescue.Sessions.AspNetCore.Tests.Events;

/// <summary>When a client counts as gone: not because it is busy, and not because the store is.</summary>
public sealed class EventStreamTests : IDisposable
{
    private readonly OpenStreams streams = new(Options.Create(new RescueWebOptions()), TimeProvider.System);
    private readonly Connection connection = new();
    private readonly DefaultHttpContext context = new();

    public EventStreamTests()
    {
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(connection));
        context.Features.Set<IHttpRequestLifetimeFeature>(connection);
    }

    [Fact]
    public async Task Stream_ThatIsWrittenToAtEveryPing_LivesOn()
    {
        await using var stream = new EventStream(streams, context, mayGoOn: null);

        for (var ping = 0; ping < 5; ping++)
        {
            connection.Stall();
            var sending = stream.SendAsync("data: {}\n\n"u8.ToArray());
            stream.Ping();
            connection.GoOn();
            await sending;
        }

        connection.IsAborted.Should().BeFalse();
    }

    [Fact]
    public async Task Stream_WhoseClientTakesNothing_IsCutOffAtTheSecondPing()
    {
        await using var stream = new EventStream(streams, context, mayGoOn: null);
        connection.Stall();
        var sending = stream.SendAsync("data: {}\n\n"u8.ToArray());

        stream.Ping();
        var afterOne = connection.IsAborted;
        stream.Ping();

        afterOne.Should().BeFalse();
        connection.IsAborted.Should().BeTrue();
        connection.GoOn();
        await sending;
    }

    [Fact]
    public async Task Stream_WhoseListenerIsAskedAboutForLong_GoesOnAndIsAskedAboutOnce()
    {
        var (asked, answer) = (0, new TaskCompletionSource<bool>());
        await using var stream = new EventStream(streams, context, () =>
        {
            asked++;
            return new(answer.Task);
        });

        for (var turn = 0; turn < 5; turn++)
        {
            stream.Ask();
            stream.Ping();
            await stream.SendAsync("data: {}\n\n"u8.ToArray());
        }

        connection.IsAborted.Should().BeFalse();
        asked.Should().Be(1);
        answer.SetResult(true);
    }

    [Fact]
    public async Task LetGo_StreamThatHasEnded_IsNoMatter()
    {
        var stream = new EventStream(streams, context, mayGoOn: null);
        await stream.DisposeAsync();

        stream.Invoking(over => over.LetGo()).Should().NotThrow("it was chosen while it was still open");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Open_WhileOthersEnd_OpensAndLeavesNothingBehind(int limit)
    {
        using var open = new OpenStreams(Options.Create(new RescueWebOptions { Streams = { PerApplet = limit } }), TimeProvider.System);
        var session = SessionId.New(DateTimeOffset.UnixEpoch);

        await Parallel.ForAsync(0, 16, TestContext.Current.CancellationToken, async (_, _) =>
        {
            for (var i = 0; i < 20_000; i++)
                await open.Open(context, session).DisposeAsync();
        });

        open.Count.Should().Be(0);
    }

    public void Dispose()
    {
        streams.Dispose();
        connection.Dispose();
    }

    /// <summary>A client that takes what is written, or does not.</summary>
    private sealed class Connection : MemoryStream, IHttpRequestLifetimeFeature
    {
        private TaskCompletionSource taking = Taken();

        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Stall() => taking = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GoOn() => taking.SetResult();

        public void Abort() => IsAborted = true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await taking.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }

        private static TaskCompletionSource Taken()
        {
            var taken = new TaskCompletionSource();
            taken.SetResult();
            return taken;
        }
    }
}
