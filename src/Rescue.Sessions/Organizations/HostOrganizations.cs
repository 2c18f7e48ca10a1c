using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Rescue.Sessions.Organizations;

/// <summary>
/// What the host's own function says of organisations, asked at most once a second about each, however many want to know: those who come while it is asked
/// share the answer. Thread-safe.
/// </summary>
internal sealed class HostOrganizations(IOptionsMonitor<IOrganizationOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    // A function that never answers must hold neither a page nor the mail, which no shutdown breaks off.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Anybody can send any host name.
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<OrganizationQuery, HostAnswer> known = new();

    public ValueTask<FoundOrganization?> FindAsync(OrganizationQuery query, CancellationToken cancellationToken) =>
        options.CurrentValue.FindOrganization is { } find ? AnswerOf(find, query).ReadAsync(Patience, time, cancellationToken) : default;

    // An answer that lets itself be waited for longer than it would hold keeps nobody from asking anew.
    private HostAnswer AnswerOf(Func<OrganizationQuery, CancellationToken, ValueTask<FoundOrganization?>> find, OrganizationQuery query)
    {
        while (true)
        {
            var now = time.GetTimestamp();
            var isKnown = known.TryGetValue(query, out var latest);
            if (isKnown && !latest!.HasFailed && time.GetElapsedTime(latest.AskedAt, now) < Freshness)
                return latest;
            if (!isKnown && known.Count >= MostKept)
                known.Clear();
            var next = new HostAnswer(now);
            if (isKnown ? !known.TryUpdate(query, next, latest!) : !known.TryAdd(query, next))
                continue;
            next.Ask(find, query);
            return next;
        }
    }
}
