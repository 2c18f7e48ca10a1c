using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.Email.Smtp;

public sealed class SmtpSocketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectAsync_Listening_HasNoDelay()
    {
        using var listener = Listen(IPAddress.Loopback);

        using var socket = await SmtpSocket.ConnectAsync("127.0.0.1", PortOf(listener), loopbackOnly: true, TimeProvider.System, Cancellation);

        socket.NoDelay.Should().BeTrue("with delay, messages over 4 KB wait for a delayed acknowledgement");
        socket.Connected.Should().BeTrue();
    }

    [Fact]
    public async Task ConnectAsync_OnlyOneFamilyListens_FindsIt()
    {
        using var listener = Listen(IPAddress.Loopback);

        using var socket = await SmtpSocket.ConnectAsync("localhost", PortOf(listener), loopbackOnly: true, TimeProvider.System, Cancellation);

        ((IPEndPoint)socket.RemoteEndPoint!).Port.Should().Be(PortOf(listener));
    }

    [Fact]
    public async Task ConnectAsync_LoopbackOnly_TriesNoOtherAddress()
    {
        var connect = () => SmtpSocket.ConnectAsync("192.0.2.1", 25, loopbackOnly: true, TimeProvider.System, Cancellation);

        (await connect.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.HostNotFound);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_ThrowsTheLastFailure()
    {
        await using var closed = new SmtpSink(isOpen: false);

        var connect = () => SmtpSocket.ConnectAsync("localhost", closed.Port, loopbackOnly: true, TimeProvider.System, Cancellation);

        (await connect.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.ConnectionRefused);
    }

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
