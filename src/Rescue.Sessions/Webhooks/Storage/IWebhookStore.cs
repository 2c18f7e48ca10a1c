using System.Collections.Immutable;

namespace Rescue.Sessions.Webhooks.Storage;

/// <summary>
/// Keeps messages to receivers until they are delivered, and for a while after it. Implementations are safe for parallel use; a failure of the storage surfaces
/// as a <see cref="Stores.SessionStoreException"/>.
/// </summary>
public interface IWebhookStore
{
    /// <summary>Whether what it keeps outlives the process. Beside a durable session store it must.</summary>
    bool IsDurable { get; }

    /// <summary>
    /// Stores messages, all or none. One that is stored already, of the same receiver and sequence, stays as it is; one of a session that has been erased is left
    /// out.
    /// </summary>
    ValueTask AddAsync(ImmutableArray<WebhookDelivery> deliveries, CancellationToken cancellationToken = default);

    /// <summary>The receivers for which messages are due, each once.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="horizon">What is held or put off beyond it has been by a clock that was ahead, and is due now; null leaves it as it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<DueWebhook>> FindDueAsync(DateTimeOffset now, DateTimeOffset? horizon = null, CancellationToken cancellationToken = default);

    /// <summary>Takes due messages of one receiver until a lease ends, the longest due first: of each session the first that is not finished with, when it is due.</summary>
    /// <param name="webhook">The receiver.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="leaseUntil">Until when the sender wants to hold what it gets.</param>
    /// <param name="limit">The most messages it wants.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<WebhookClaim>> ClaimAsync(
        string webhook, DateTimeOffset now, DateTimeOffset leaseUntil, int limit, CancellationToken cancellationToken = default);

    /// <summary>Records what became of messages, all or nothing.</summary>
    /// <returns>For each, in their order: false when its claim is not the latest, or when what became of it is stored already; nothing is stored of it then.</returns>
    ValueTask<ImmutableArray<bool>> CompleteAsync(ImmutableArray<WebhookOutcome> outcomes, CancellationToken cancellationToken = default);

    /// <summary>Lets claimed messages be due again of which nothing was begun; those whose claim is not the latest stay as they are. No attempt is counted.</summary>
    ValueTask GiveBackAsync(ImmutableArray<WebhookClaim> claims, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Lists the messages of a receiver, the latest first.</summary>
    /// <param name="webhook">The receiver.</param>
    /// <param name="before">Only those with a lower sequence.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<WebhookDelivery>> ListAsync(string webhook, long before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Lets a message that is finished with be sent again, as a new one. One that is pending becomes due.</summary>
    /// <returns>The message as it is then; null when there is none.</returns>
    ValueTask<WebhookDelivery?> ReplayAsync(string webhook, long sequence, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Forgets all messages of a receiver.</summary>
    ValueTask DropAsync(string webhook, CancellationToken cancellationToken = default);

    /// <summary>Forgets messages that were finished with before a moment.</summary>
    /// <returns>How many; fewer than the limit when there are no more.</returns>
    ValueTask<int> ForgetAsync(DateTimeOffset finishedBefore, int limit, CancellationToken cancellationToken = default);
}
