using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Normalization;

namespace Rescue.Sessions.Stores;

/// <summary>What is asked for of sessions, held against each.</summary>
internal static class InMemorySearch
{
    /// <summary>The query in the forms that are compared.</summary>
    public static SessionQuery Normal(SessionQuery query) => query with
    {
        Customer = query.Customer is null ? null : NormalForm.ForCustomer(query.Customer),
        Reference = query.Reference is null ? null : NormalForm.ForSearch(query.Reference),
        Search = query.Search is null ? null : NormalForm.ForSearch(query.Search),
    };

    public static bool Matches(Session session, SessionQuery normal) =>
        (normal.Statuses.Count == 0 || normal.Statuses.Contains(session.Status))
        && (normal.Technician is not { } technician || session.Concerns(technician))
        && (normal.Customer is not { } customer || IsOf(session, customer))
        && (normal.Reference is not { Length: > 0 } reference || (session.Reference is { } its && NormalForm.ForSearch(its) == reference))
        && (normal.Search is not { Length: > 0 } search || Holds(session.CustomerName, search) || Holds(session.Reference, search) || Holds(session.Request?.Topic, search));

    public static bool IsErasable(Session session, DateTimeOffset endedBefore, string? customer) =>
        session.Status == SessionStatus.Closed
        && session.StatusSince < endedBefore
        && (customer is null || IsOf(session, customer));

    private static bool IsOf(Session session, string customer) =>
        NormalForm.ForCustomer(session.CustomerName) == customer
        || (session.CustomerAddress is { } to && NormalForm.ForCustomer(to) == customer);

    private static bool Holds(string? text, string search) => text is not null && NormalForm.ForSearch(text).Contains(search, StringComparison.Ordinal);
}
