using System.Collections.Immutable;
using Rescue.Sessions.Stores;

namespace Rescue.Sessions.Finding;

/// <summary>Lists a customer's sessions under all that the customer may be stored under.</summary>
internal static class CustomerPages
{
    /// <summary>The page of a store, or of several that are asked for one customer put together; newest first.</summary>
    public static async ValueTask<ImmutableArray<Session>> ListInEachFormAsync(
        this ISessionStore store, SessionQuery query, CancellationToken cancellationToken)
    {
        if (query.Customer is not { } customer || CustomerForms.Of(customer) is not { Length: > 1 } forms)
            return await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        var found = new List<Session>();
        foreach (var form in forms)
            found.AddRange(await store.ListAsync(query with { Customer = form }, cancellationToken).ConfigureAwait(false));
        // One may be named by the one form and be written to under the other.
        return [.. found.DistinctBy(session => session.Id).OrderByDescending(session => session.Id).Take(query.Limit)];
    }
}
