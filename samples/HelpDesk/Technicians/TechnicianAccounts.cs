using HelpDesk.SignIn;
using Rescue.Sessions;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Stores;

namespace HelpDesk.Technicians;

/// <summary>What an administrator may do with the sign-ins of their own organisation.</summary>
internal sealed class TechnicianAccounts(DisabledTechnicians disabled, SupportSessions sessions, SupportTeam team, ISessionStore store)
{
    public async Task<IReadOnlyList<TechnicianAccount>> ListAsync(string? tenant, CancellationToken cancellationToken)
    {
        var accounts = new List<TechnicianAccount>();
        foreach (var technician in DevelopmentTechnicians.Of(tenant))
        {
            var open = await store.FindOpenOfAsync(technician.Tenant, technician.Id, cancellationToken);
            accounts.Add(new(technician.Id, technician.Name, technician.Group, disabled.Contains(technician.Id), open.Length));
        }

        return accounts;
    }

    /// <summary>Signs a technician out, keeps them out, and ends their sessions.</summary>
    /// <returns>How many sessions ended. A repeat ends what an earlier one could not.</returns>
    public async Task<int> DisableAsync(DevelopmentTechnician technician, CancellationToken cancellationToken)
    {
        // First they are kept out, so that nothing begins behind the back of what follows; away, nobody hands them a customer.
        disabled.Add(technician.Id);
        await team.SetPresenceAsync(Known(technician), TechnicianPresence.Away, cancellationToken);
        return await sessions.AbortAllAsync(technician.Tenant, technician.Id, cancellationToken);
    }

    public async Task EnableAsync(DevelopmentTechnician technician, CancellationToken cancellationToken)
    {
        await team.SetPresenceAsync(Known(technician), TechnicianPresence.Available, cancellationToken);
        disabled.Remove(technician.Id);
    }

    private static Technician Known(DevelopmentTechnician technician) => TechnicianClaims.Read(TechnicianClaims.Of(technician))!;
}
