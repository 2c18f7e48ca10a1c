using System.Collections.Immutable;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>What the law gives people over what is stored about them: customers may know it and have it erased, and technicians who have left are forgotten. Thread-safe.</summary>
public sealed class PersonalData
{
    private readonly ISessionStore store;
    private readonly PermissionPolicy policy;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal PersonalData(ISessionStore store, PermissionPolicy policy, TimeProvider time, SessionTelemetry telemetry)
    {
        this.store = store;
        this.policy = policy;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>
    /// All that is stored about one customer, for their right to know it (GDPR, article 15); takes the right to export personal data.
    /// </summary>
    /// <param name="technician">Who asks.</param>
    /// <param name="customer">The customer's whole name or identifier, or their whole email address; upper and lower case are the same.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CustomerExport> ExportAsync(Technician technician, string customer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        if (await policy.FindRefusalAsync(technician, ConnectionRight.ExportPersonalData, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new CustomerExport.Refused(refusal);
        var exported = ImmutableArray.CreateBuilder<SessionDetails>();
        var query = new SessionQuery { Tenant = technician.Tenant, Customer = customer.Trim(), Limit = SessionQuery.MaxLimit };
        while (await store.ListAsync(query, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
        {
            foreach (var session in page)
            {
                var history = await store.ReadEventsAsync(new() { Session = session.Id, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
                exported.Add(new(session.Settle(time.GetUtcNow()), new(history.Events)));
            }

            query = query with { After = page[^1].Id };
        }

        return new CustomerExport.Found(exported.ToImmutable());
    }

    /// <summary>
    /// Erases all that is stored about one customer's ended sessions (GDPR, article 17); takes the right to erase personal data.
    /// </summary>
    /// <inheritdoc cref="ExportAsync"/>
    public async ValueTask<CustomerErasure> EraseAsync(Technician technician, string customer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        if (await policy.FindRefusalAsync(technician, ConnectionRight.ErasePersonalData, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new CustomerErasure.Refused(refusal);
        var whole = customer.Trim();
        var erasure = new SessionErasure
        {
            Tenant = technician.Tenant, Customer = whole, EndedBefore = DateTimeOffset.MaxValue, Limit = SessionQuery.MaxLimit,
        };
        var erased = 0;
        var (open, ended) = (0, int.MaxValue);
        bool isNearer;
        do
        {
            var (before, step) = (ended, await EraseEndedAsync(erasure, cancellationToken).ConfigureAwait(false));
            erased += step;
            (open, ended) = await CountAsync(erasure, cancellationToken).ConfigureAwait(false);
            isNearer = step > 0 || ended < before;
        }
        // One may have ended in between, and somebody else may be erasing the same.
        while (ended > 0 && isNearer);
        telemetry.Erased(erased);
        return new CustomerErasure.Done(erased, open + ended);
    }

    /// <summary>Erases what is noted of a technician who has left: their name, their presence and when they were seen. Sessions keep who served them.</summary>
    public ValueTask EraseTechnicianAsync(string tenant, string technicianId, CancellationToken cancellationToken = default) =>
        store.EraseTechnicianAsync(tenant, technicianId, cancellationToken);

    private async ValueTask<int> EraseEndedAsync(SessionErasure erasure, CancellationToken cancellationToken)
    {
        var erased = 0;
        int step;
        do
        {
            step = await store.EraseAsync(erasure, cancellationToken).ConfigureAwait(false);
            erased += step;
        }
        while (step == erasure.Limit);
        return erased;
    }

    private async ValueTask<(int Open, int Ended)> CountAsync(SessionErasure erasure, CancellationToken cancellationToken)
    {
        var (open, ended) = (0, 0);
        var query = new SessionQuery { Tenant = erasure.Tenant!, Customer = erasure.Customer, Limit = SessionQuery.MaxLimit };
        while (await store.ListAsync(query, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
        {
            var closed = page.Count(session => session.Status == SessionStatus.Closed);
            ended += closed;
            open += page.Length - closed;
            query = query with { After = page[^1].Id };
        }

        return (open, ended);
    }
}
