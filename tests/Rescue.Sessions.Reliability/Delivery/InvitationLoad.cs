using System.Collections.Concurrent;
using System.Text.Json;
using Rescue.Sessions.Reliability.Nodes;
using Rescue.Sessions.Reliability.Nodes.Mail;

namespace Rescue.Sessions.Reliability.Delivery;

/// <summary>Technicians who invite customers at any node, and repeat the request with the same idempotency key until they are told that it is done.</summary>
internal sealed class InvitationLoad(Cluster cluster, MailSink sink, RunArguments arguments)
{
    private const int Technicians = 16;

    // More would only wait in the outbox.
    private const int MostUndelivered = 400;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<int, string> links = new();

    /// <summary>How many invitations were asked for.</summary>
    public int Count => arguments.Count;

    /// <summary>The link that was acknowledged to the technician, by the number of the customer.</summary>
    public IReadOnlyDictionary<int, string> Links => links;

    public Task RunAsync(CancellationToken cancellationToken) => Parallel.ForAsync(
        arguments.First,
        arguments.First + arguments.Count,
        new ParallelOptions { MaxDegreeOfParallelism = Technicians, CancellationToken = cancellationToken },
        async (number, token) =>
        {
            while (links.Count - sink.Count > MostUndelivered)
                await Task.Delay(Pause, token);
            var random = arguments.RandomOf(number);
            while (await TryInviteAsync(cluster[random.Next(Cluster.Size)], number, token) is not { } link || !links.TryAdd(number, link))
                await Task.Delay(Pause, token);
        });

    private static async Task<string?> TryInviteAsync(NodeProcess node, int number, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await node.InviteAsync(number, cancellationToken);
            return answer.IsServerError ? null : MadeSession.Of(answer.Require()).Link;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or JsonException or ObjectDisposedException
            || (gone is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Killed while it was asked: whether the session was made is not known, which the repeat finds out.
            return null;
        }
    }
}
