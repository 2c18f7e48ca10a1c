using System.Net.WebSockets;
using HelpDesk.AtActive;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Tests.AtActive;

public sealed class AssistLineTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider time = new();
    private readonly SilentSocket socket = new();

    [Fact]
    public async Task HangUp_OnAnEndThatDoesNotToo_CutsItOff()
    {
        await using var line = new AssistLine(socket, time);
        await line.HangUpAsync();
        socket.IsCutOff.Should().BeFalse("it may still hang up itself");

        time.Advance(Long);

        socket.IsCutOff.Should().BeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task HangUp_OnALineThatIsDoneSince_LeavesTheSocketAlone(int times)
    {
        await using (var line = new AssistLine(socket, time))
        {
            for (var calls = 0; calls < times; calls++)
                await line.HangUpAsync();
        }

        time.Advance(Long);

        socket.IsCutOff.Should().BeFalse("its request is over, and what it stood on may be another's");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2_048)]
    [InlineData(5_000)]
    [InlineData(65_536)]
    public async Task Receive_OfWhateverLength_GivesTheWholeMessage_AndHoldsNoMoreThanItTakes(int length)
    {
        await using var line = new AssistLine(socket, time);
        socket.Says = [.. Enumerable.Range(0, length).Select(i => (byte)i)];

        var message = await line.ReceiveAsync(TestContext.Current.CancellationToken);

        message!.Value.ToArray().Should().Equal([.. Enumerable.Range(0, length).Select(i => (byte)i)]);
        socket.Room.Should().BeLessThanOrEqualTo(Math.Max(2_048, 2 * length), "a thousand lines that say little take little");
    }

    [Fact]
    public async Task Receive_OfMoreThanAMessageMayHave_IsNoneOfOurs()
    {
        await using var line = new AssistLine(socket, time);
        socket.Says = new byte[65_537];

        (await line.ReceiveAsync(TestContext.Current.CancellationToken)).Should().BeNull();
    }

    public void Dispose() => socket.Dispose();

    /// <summary>An end that says nothing, or one message, of which it gives as much at a time as there is room for.</summary>
    private sealed class SilentSocket : WebSocket
    {
        private int said;

        public bool IsCutOff { get; private set; }

        public byte[] Says { get; set; } = [];

        /// <summary>The most room that there was for it.</summary>
        public int Room { get; private set; }

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public override void Abort() => IsCutOff = true;

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Dispose()
        {
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            new TaskCompletionSource<WebSocketReceiveResult>().Task.WaitAsync(cancellationToken);

        public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (said == Says.Length)
                return base.ReceiveAsync(buffer, cancellationToken);
            Room = Math.Max(Room, said + buffer.Length);
            var part = Says.AsMemory(said, Math.Min(buffer.Length, Says.Length - said));
            part.CopyTo(buffer);
            said += part.Length;
            return new(new ValueWebSocketReceiveResult(part.Length, WebSocketMessageType.Text, endOfMessage: said == Says.Length));
        }

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
