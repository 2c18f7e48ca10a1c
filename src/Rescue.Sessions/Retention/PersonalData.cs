using System.Collections.Immutable;
using Rescue.Sessions.Deadlines;
using Rescue.Sessions.Finding;
using Rescue.Sessions.Lifecycle;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Refusals;
using Rescue.Sessions.Settings;
using Rescue.Sessions.Stores;
using Rescue.Sessions.Telemetry;

namespace Rescue.Sessions;

/// <summary>What the law gives people over what is stored about them: customers may know it and have it erased, technicians who have left are forgotten, and so are tenants. Thread-safe.</summary>
public sealed class PersonalData
{
    private readonly ISessionStore store;
    private readonly ISettingsStore settings;
    private readonly PermissionPolicy policy;
    private readonly TimeProvider time;
    private readonly SessionTelemetry telemetry;

    internal PersonalData(ISessionStore store, ISettingsStore settings, PermissionPolicy policy, TimeProvider time, SessionTelemetry telemetry)
    {
        this.store = store;
        this.settings = settings;
        this.policy = policy;
        this.time = time;
        this.telemetry = telemetry;
    }

    /// <summary>
    /// All that is stored of the sessions of one customer, for their right to know it (GDPR, article 15); takes the right to export personal data.
    /// </summary>
    /// <remarks>A session is its customer's: a guest's name is found with the session that they visited, and not by that name.</remarks>
    /// <param name="technician">Who asks.</param>
    /// <param name="customer">
    /// The customer's whole name or identifier, or their whole email address or telephone number, as an invitation takes it; upper and lower case are the same.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CustomerExport> ExportAsync(Technician technician, string customer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        if (await policy.FindRefusalAsync(technician, ConnectionRight.ExportPersonalData, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new CustomerExport.Refused(refusal);
        var exported = ImmutableArray.CreateBuilder<SessionDetails>();
        var query = new SessionQuery { Tenant = technician.Tenant, Customer = customer.Trim(), Limit = SessionQuery.MaxLimit };
        while (await store.ListInEachFormAsync(query, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
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
    /// Erases all that is stored of one customer's ended sessions (GDPR, article 17); takes the right to erase personal data.
    /// </summary>
    /// <inheritdoc cref="ExportAsync"/>
    public async ValueTask<CustomerErasure> EraseAsync(Technician technician, string customer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(customer);
        if (await policy.FindRefusalAsync(technician, ConnectionRight.ErasePersonalData, cancellationToken).ConfigureAwait(false) is { } refusal)
            return new CustomerErasure.Refused(refusal);
        var query = new SessionQuery { Tenant = technician.Tenant, Customer = customer.Trim(), Limit = SessionQuery.MaxLimit };
        var erased = 0;
        var (open, ended) = (0, int.MaxValue);
        bool isNearer;
        do
        {
            var (before, step) = (ended, await EraseEndedAsync(query, cancellationToken).ConfigureAwait(false));
            erased += step;
            (open, ended) = await CountAsync(query, cancellationToken).ConfigureAwait(false);
            isNearer = step > 0 || ended < before;
        }
        // One may have ended in between, and somebody else may be erasing the same.
        while (ended > 0 && isNearer);
        telemetry.Erased(erased);
        return new CustomerErasure.Done(erased, open + ended);
    }

    /// <summary>Erases what is noted of a technician who has left: their name, their presence and when they were seen.</summary>
    /// <remarks>
    /// Sessions keep who made and served them, by name, and whoever made one by their email address too, until they are erased (<see cref="Retention.RetentionOptions.Ended"/>);
    /// the history of settings keeps the name of whoever saved each version.
    /// </remarks>
    public ValueTask EraseTechnicianAsync(string tenant, string technicianId, CancellationToken cancellationToken = default) =>
        store.EraseTechnicianAsync(tenant, technicianId, cancellationToken);

    /// <summary>
    /// Ends and erases all that is stored of a tenant that has left (GDPR, article 28 (3) (g)): its sessions, open ones too, its technicians, and its settings with
    /// their history, webhooks and templates among them. It cannot be taken back.
    /// </summary>
    /// <remarks>
    /// For the host itself: whatever technicians may do. Keep the tenant's technicians and customers out first, or they may begin anew. A repeat goes on with
    /// what one that failed or was cancelled has left. What is counted for limits goes with its time. What is erased is told to nobody: where subscribers and
    /// webhooks are to hear how open sessions end, call <see cref="SupportSessions.AbortTenantAsync"/> before, and let them.
    /// </remarks>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<TenantErasure> EraseTenantAsync(string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        var erasure = new SessionErasure { Tenant = tenant, EndedBefore = DateTimeOffset.MaxValue, Limit = SessionQuery.MaxLimit };
        var all = new SessionQuery { Tenant = tenant, Limit = SessionQuery.MaxLimit };
        var (erased, left) = (0, int.MaxValue);
        int step, before;
        do
        {
            before = left;
            await store.AbortAllAsync(tenant, time, telemetry, cancellationToken).ConfigureAwait(false);
            step = await EraseAllAsync(erasure, cancellationToken).ConfigureAwait(false);
            erased += step;
            var (open, ended) = await CountAsync(all, cancellationToken).ConfigureAwait(false);
            left = open + ended;
        }
        // One may have ended in between.
        while (left > 0 && (step > 0 || left < before));
        await EraseTechniciansAsync(tenant, cancellationToken).ConfigureAwait(false);
        // Last, so that pages of what ends are the tenant's own until then.
        await settings.EraseAsync(tenant, cancellationToken).ConfigureAwait(false);
        telemetry.Erased(erased);
        return new(erased, left);
    }

    private async ValueTask EraseTechniciansAsync(string tenant, CancellationToken cancellationToken)
    {
        while (await store.ListTechniciansAsync(tenant, DateTimeOffset.MinValue, SessionQuery.MaxLimit, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } noted)
        {
            foreach (var technician in noted)
                await store.EraseTechnicianAsync(tenant, technician.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> EraseEndedAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var form in CustomerForms.Of(query.Customer!))
        {
            var erasure = new SessionErasure { Tenant = query.Tenant, Customer = form, EndedBefore = DateTimeOffset.MaxValue, Limit = query.Limit };
            erased += await EraseAllAsync(erasure, cancellationToken).ConfigureAwait(false);
        }

        return erased;
    }

    private async ValueTask<int> EraseAllAsync(SessionErasure erasure, CancellationToken cancellationToken)
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

    private async ValueTask<(int Open, int Ended)> CountAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        var (open, ended) = (0, 0);
        while (await store.ListInEachFormAsync(query, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } page)
        {
            var closed = page.Count(session => session.Status == SessionStatus.Closed);
            ended += closed;
            open += page.Length - closed;
            query = query with { After = page[^1].Id };
        }

        return (open, ended);
    }
}
