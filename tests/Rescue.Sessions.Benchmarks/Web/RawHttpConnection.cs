using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rescue.Sessions.Benchmarks.Web;

/// <summary>A kept-alive HTTP/1.1 connection that costs next to nothing, so that the server's work is what is measured. One request at a time.</summary>
internal sealed class RawHttpConnection : IDisposable
{
    private const int MostAnswer = 16 * 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public Task ConnectAsync(int port) => socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>A request to post JSON, ready to send.</summary>
    /// <param name="path">The path.</param>
    /// <param name="json">The body, in ASCII.</param>
    /// <param name="key">An applet's key, or null.</param>
    /// <param name="host">The host name that the client has asked for.</param>
    public static byte[] Post(string path, string json, string? key = null, string host = "localhost") => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {host}\r\n{Authorization(key)}Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    /// <summary>A request to open an event stream, ready to send.</summary>
    /// <param name="path">The path.</param>
    /// <param name="key">An applet's key, or null.</param>
    /// <param name="lastId">The last event that was seen, or null.</param>
    public static byte[] Get(string path, string? key, string? lastId) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{Authorization(key)}{(lastId is null ? "" : $"Last-Event-ID: {lastId}\r\n")}\r\n");

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is no success.</exception>
    public async ValueTask SendAsync(byte[] request)
    {
        await socket.SendAsync(request);
        // Ten thousand connections have few answers at once.
        var answer = ArrayPool<byte>.Shared.Rent(MostAnswer);
        try
        {
            var length = 0;
            do
            {
                var read = await socket.ReceiveAsync(answer.AsMemory(length));
                if (read == 0)
                    throw new InvalidOperationException("The server closed the connection.");
                length += read;
            }
            while (!IsWhole(answer.AsSpan(0, length)));
            if (!answer.AsSpan(0, length).StartsWith("HTTP/1.1 20"u8))
                throw new InvalidOperationException("The server answered: " + Encoding.ASCII.GetString(answer, 0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(answer);
        }
    }

    public void Dispose() => socket.Dispose();

    private static string Authorization(string? key) => key is null ? "" : $"Authorization: Bearer {key}\r\n";

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var field = answer[..end].IndexOf("Content-Length: "u8);
        if (field < 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(field + "Content-Length: ".Length)..];
        return answer.Length - end - 4 >= int.Parse(digits[..digits.IndexOf((byte)'\r')], System.Globalization.CultureInfo.InvariantCulture);
    }
}
