using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Rescue.Sessions;
using Rescue.Sessions.Permissions;
using Rescue.Sessions.Presence;
using Rescue.Sessions.Webhooks;
using static Rescue.Sessions.Permissions.ConnectionRight;

namespace Guides.Tests.Snippets;

internal static class Permissions
{
    public static void Groups(RescueSessionsOptions options)
    {
        options.Permissions.Groups.Add(new TechnicianGroup { Name = "support", Grants = [PrivateSessions, PinConnection, EmailConnection, EmailDefaultClient] });
        options.Permissions.Groups.Add(new TechnicianGroup { Name = "seniors", Parent = "support", Grants = [EmailOnBehalf, Hold, Transfer, MobileAddOn] });
        options.Permissions.Groups.Add(new TechnicianGroup { Name = "trainees", Parent = "support", Denials = [ColleaguesSessions], Locks = [EmailOnBehalf] });
    }

    public static async Task<string?> AskAsync(PermissionPolicy policy, Technician technician, CancellationToken cancellationToken)
    {
        var decision = await policy.DecideAsync(technician, [ConnectionRight.EmailConnection, ConnectionRight.EmailOnBehalf], cancellationToken);
        if (!decision.IsAllowed)
            return string.Join(", ", decision.Missing.Select(missing => $"{missing.Right} ({missing.Reason}, by {missing.DecidedBy ?? "nobody"})"));
        return null;
    }

    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PermissionPolicy, ProductPolicy>();   // before AddRescueSessions
    }

    public static async Task<SessionResult> ActAsync(
        SupportSessions sessions, SupportWebhooks webhooks, string tenant, SessionId session, WebhookChange webhook, CancellationToken cancellationToken)
    {
        var made = await webhooks.CreateAsync(ProductPolicy.For(tenant), webhook, cancellationToken);
        var closed = await sessions.CloseAsync(ProductPolicy.For(tenant), session, cancellationToken);
        return made is WebhookResult<NewWebhook>.Done ? closed : throw new InvalidOperationException($"{made}");
    }

    public static async Task<int> DisableAsync(SupportTeam team, SupportSessions sessions, Technician technician, CancellationToken cancellationToken)
    {
        await team.SetPresenceAsync(technician, TechnicianPresence.Away, cancellationToken);   // nobody can hand them a customer any more
        var ended = await sessions.AbortAllAsync(technician.Tenant, technician.Id, cancellationToken);   // a repeat goes on where it was cut off
        return ended;
    }
}
