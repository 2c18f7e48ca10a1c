using System.Net;
using System.Net.Sockets;

namespace Rescue.Sessions.Sockets;

/// <summary>Connects to the first of a host's addresses that answers, giving each a short head start over the next (RFC 8305).</summary>
internal static class SocketRace
{
    /// <summary>RFC 8305 section 5.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <param name="resolved">The addresses, in the resolver's order; no other is tried.</param>
    /// <param name="port">The port.</param>
    /// <param name="time">Measures the head start.</param>
    /// <param name="cancellationToken">Ends every attempt.</param>
    /// <exception cref="SocketException">No address, or none that answers; the last failure.</exception>
    public static async Task<Socket> ConnectAsync(IPAddress[] resolved, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var addresses = new Queue<IPAddress>(Interleave(resolved));
        var failure = new SocketException((int)SocketError.HostNotFound);
        var attempts = new List<Task<Socket>>();
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (addresses.Count > 0 || attempts.Count > 0)
            {
                if (addresses.TryDequeue(out var address))
                    attempts.Add(AttemptAsync(new IPEndPoint(address, port), race.Token));
                var headStart = Task.Delay(addresses.Count > 0 ? HeadStart : Timeout.InfiniteTimeSpan, time, race.Token);
                if (await Task.WhenAny([.. attempts, headStart]).ConfigureAwait(false) is not Task<Socket> attempt)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    continue;
                }

                attempts.Remove(attempt);
                try
                {
                    return await attempt.ConfigureAwait(false);
                }
                catch (SocketException e)
                {
                    failure = e;
                }
            }
        }
        finally
        {
            await race.CancelAsync().ConfigureAwait(false);
            foreach (var loser in attempts)
                await DiscardAsync(loser).ConfigureAwait(false);
        }

        throw failure;
    }

    /// <summary>Families take turns, in the order in which the resolver first gave them (RFC 8305 section 4).</summary>
    private static IEnumerable<IPAddress> Interleave(IPAddress[] addresses) => addresses
        .GroupBy(a => a.AddressFamily)
        .SelectMany(family => family.Select((address, turn) => (address, turn)))
        .OrderBy(a => a.turn)
        .Select(a => a.address);

    private static async Task<Socket> AttemptAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        // Without NoDelay what is longer than 4 KB waits some 40 ms for a delayed acknowledgement.
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task DiscardAsync(Task<Socket> attempt)
    {
        await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (attempt.IsCompletedSuccessfully)
            (await attempt.ConfigureAwait(false)).Dispose();
    }
}
