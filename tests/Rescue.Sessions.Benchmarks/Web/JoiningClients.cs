namespace Rescue.Sessions.Benchmarks.Web;

/// <summary>Eight kept-alive connections to one server, which share the requests of a batch.</summary>
internal sealed class JoiningClients : IDisposable
{
    private const int Count = 8;

    private readonly RawHttpConnection[] connections;

    private JoiningClients(RawHttpConnection[] connections) => this.connections = connections;

    public static async Task<JoiningClients> ConnectAsync(int port)
    {
        var connections = new RawHttpConnection[Count];
        for (var number = 0; number < Count; number++)
        {
            connections[number] = new();
            await connections[number].ConnectAsync(port);
        }

        return new(connections);
    }

    /// <summary>A request that redeems a token.</summary>
    public static byte[] Request(string path, string token, string host = "localhost") =>
        RawHttpConnection.Post(path, $$"""{"token":"{{token}}","instance":"applet-1"}""", host: host);

    /// <summary>The work of sending requests, each by the connection whose turn it is.</summary>
    public Func<Task> Send(byte[][] requests) => Contender.Share(requests.Length, Count, (client, number) => connections[client].SendAsync(requests[number]));

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }
}
