using Rescue.Sessions.Stores;

namespace Rescue.Sessions.StoreContract;

/// <summary>A group of one message.</summary>
public static class OutboxCalls
{
    public static async ValueTask<OutboxBegin> BeginAsync(
        this ISessionStore store, OutboxClaim claim, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        (await store.BeginAsync([claim], now, cancellationToken)).Single();

    public static async ValueTask<bool> RenewAsync(
        this ISessionStore store, OutboxClaim claim, DateTimeOffset leaseUntil, CancellationToken cancellationToken = default) =>
        (await store.RenewAsync([claim], leaseUntil, cancellationToken)).Single();

    public static async ValueTask<bool> CompleteAsync(
        this ISessionStore store, OutboxResult result, CancellationToken cancellationToken = default) =>
        (await store.CompleteAsync([result], cancellationToken)).Single();
}
