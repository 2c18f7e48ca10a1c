using System.Collections.Immutable;

namespace Rescue.Sessions.Stores;

/// <summary>Finds the sessions of all tenants to which something is due, and lets one node do it for all.</summary>
/// <inheritdoc cref="ISessionStore" path="/remarks"/>
public interface IDeadlineStore
{
    /// <summary>Sessions whose deadline has come, the longest overdue first.</summary>
    ValueTask<ImmutableArray<Session>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Sessions whose next alarm is due, the earliest first.</summary>
    ValueTask<ImmutableArray<Session>> FindAlarmsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Sessions that are waiting, active or transferring and whose applet has been silent for the session's silence time-out.</summary>
    ValueTask<ImmutableArray<Session>> FindSilentAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Open sessions with a guest whose time has passed and whose visit is not recorded as over.</summary>
    ValueTask<ImmutableArray<Session>> FindGuestsOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes work that one node does for all, until a moment; the node that has it may extend it. What is done under a lease must be right even when two
    /// do it, for a node that was stopped for a while does not know that it has lost its lease.
    /// </summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="holder">The node; a name that no other has.</param>
    /// <param name="now">The time.</param>
    /// <param name="until">When the lease ends by itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False while another node has it. One that would last more than twice as long as the one asked for was written while a clock was ahead, and holds nobody up.</returns>
    ValueTask<bool> TryLeaseAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken = default);
}
