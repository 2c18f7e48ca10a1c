using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.TestServers;

/// <summary>
/// A port on loopback for a server that binds it itself, later. Until it is disposed of no other test process takes it, and the system gives it to nobody who
/// asks for any free one.
/// </summary>
internal sealed class ServerPort : IDisposable
{
    private const int First = 20_000;
    private const int Last = 31_999;
    private const string GivenBySystem = "/proc/sys/net/ipv4/ip_local_port_range";

    private readonly FileStream held;

    private ServerPort(int number, FileStream held)
    {
        Number = number;
        this.held = held;
    }

    public int Number { get; }

    public static ServerPort Take()
    {
        var count = Math.Max(Math.Min(Last + 1, FirstGivenBySystem()) - First, 1_000);
        var begin = Random.Shared.Next(count);
        for (var turn = 0; turn < count; turn++)
        {
            if (TryTake(First + ((begin + turn) % count)) is { } port)
                return port;
        }

        throw new InvalidOperationException($"No port from {First} on is free.");
    }

    public void Dispose() => held.Dispose();

    private static ServerPort? TryTake(int number)
    {
        FileStream? held = null;
        try
        {
            held = new(
                Path.Combine(Path.GetTempPath(), $"rescue-port-{number}.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            using var listener = new TcpListener(IPAddress.Loopback, number);
            listener.Start();
            return new(number, held);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException or SocketException)
        {
            held?.Dispose();
            return null;
        }
    }

    // From there on lies what is given to whoever listens at port 0, and to every client.
    private static int FirstGivenBySystem() =>
        File.Exists(GivenBySystem) ? int.Parse(File.ReadAllText(GivenBySystem).Split('\t')[0], CultureInfo.InvariantCulture) : Last + 1;
}
