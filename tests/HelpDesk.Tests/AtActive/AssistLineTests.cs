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

    public void Dispose() => socket.Dispose();

    /// <summary>An end that says nothing.</summary>
    private sealed class SilentSocket : WebSocket
    {
        public bool IsCutOff { get; private set; }

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

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
